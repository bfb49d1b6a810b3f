variable "name" { type = string }
variable "kms_key_arn" { type = string }
variable "locked_days" {
  type        = number
  default     = 30
  description = "So long not even an administrator deletes a version by mistake."
}
