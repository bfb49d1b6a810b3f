variable "name" { type = string }
variable "kms_key_arn" { type = string }
variable "pagerduty_endpoint" {
  type      = string
  sensitive = true # its path is the key
}
variable "rota_numbers" {
  type        = list(string)
  default     = []
  sensitive   = true
  description = "Telephones of the people on call, as +49151...: each gets an SMS for what wakes somebody."
  validation {
    condition     = alltrue([for number in var.rota_numbers : can(regex("^\\+[1-9][0-9]{6,14}$", number))])
    error_message = "A number begins with + and the country, and has digits only."
  }
}
variable "database" { type = string }
variable "cache" { type = string }
variable "replica" {
  type    = string
  default = null
}
variable "bucket_pair" {
  type    = object({ from = string, to = string })
  default = null
}
