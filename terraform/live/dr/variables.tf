variable "region" {
  type    = string
  default = "eu-west-1"
  validation {
    condition     = contains(["eu-central-1", "eu-west-1", "eu-west-3", "eu-north-1"], var.region)
    error_message = "Data of citizens may not lie in this region."
  }
}
variable "awake" {
  type        = bool
  default     = false
  description = "Sizes of a primary. Set before the switch; it takes about 20 minutes."
}
variable "promoted" {
  type        = bool
  default     = false
  description = "Set after the replica was promoted by the runbook, so that the next apply agrees with it."
}
variable "account" { type = string }
variable "boundary_arn" { type = string }
variable "database_arn" { type = string }
variable "kms_key_arn" { type = string }
variable "documents_arn" { type = string }
variable "secret_arns" {
  type        = list(string)
  description = "The output secret_copy_arns of the primary."
}
variable "administrator_role_arn" { type = string }
variable "site_address" { type = string }
variable "rota_numbers" {
  type      = list(string)
  default   = []
  sensitive = true
}
variable "pagerduty_endpoint" {
  type      = string
  sensitive = true
}
