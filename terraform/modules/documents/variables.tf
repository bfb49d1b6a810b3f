variable "boundary_arn" {
  type        = string
  description = "What no role that is made here may go beyond."
}
variable "name" { type = string }
variable "copy_name" { type = string }
variable "kms_key_arn" { type = string }
variable "copy_kms_key_arn" { type = string }
variable "locked_days" {
  type        = number
  default     = 30
  description = "So long not even an administrator deletes a version by mistake."
}
