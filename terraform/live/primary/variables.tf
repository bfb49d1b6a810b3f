# Data residency: answers and documents stay in these places. Another region is a decision of the department for
# data protection, made here in a reviewed commit.
locals { allowed_regions = ["eu-central-1", "eu-west-1", "eu-west-3", "eu-north-1"] }

variable "region" {
  type    = string
  default = "eu-central-1"
  validation {
    condition     = contains(local.allowed_regions, var.region)
    error_message = "Data of citizens may not lie in this region."
  }
}
variable "copy_region" {
  type    = string
  default = "eu-west-1"
  validation {
    condition     = contains(local.allowed_regions, var.copy_region) && var.copy_region != var.region
    error_message = "The copy lies in another region, and in one where data of citizens may lie."
  }
}
variable "account" { type = string }
variable "administrator_role_arn" { type = string }
variable "dx_connection_id" { type = string }
variable "site_address" { type = string }
variable "site_cidr" {
  type    = string
  default = "10.40.0.0/16"
}
variable "repository" { type = string }
variable "zone_id" { type = string }
variable "certificate_arn" { type = string }
variable "rota_numbers" {
  type      = list(string)
  default   = []
  sensitive = true
}
variable "pagerduty_endpoint" {
  type      = string
  sensitive = true
}
variable "follows" {
  type        = string
  default     = null
  description = "After a switch: the database of the other region, which this one is built anew to follow until the way back."
}
variable "balancers" {
  type    = map(object({ dns_name = string, zone_id = string }))
  default = {}
}
