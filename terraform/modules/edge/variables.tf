variable "name" { type = string }
variable "zone_id" { type = string }
variable "public_name" { type = string }
variable "origin_name" { type = string }
variable "certificate_arn" { type = string }
variable "requests_per_5_minutes" {
  type        = number
  default     = 3000
  description = "From one address; an office with one address for hundreds of clerks stays below."
}
variable "balancers" {
  type        = map(object({ dns_name = string, zone_id = string }))
  description = "primary and dr: the ALB of each region."
  validation {
    condition     = toset(keys(var.balancers)) == toset(["primary", "dr"])
    error_message = "There are two regions: primary and dr."
  }
}
