variable "boundary_arn" {
  type        = string
  description = "What no role that is made here may go beyond."
}
variable "name" { type = string }
variable "region" { type = string }
variable "kms_key_arn" { type = string }

variable "cidr" {
  type        = string
  description = "A /16 that neither the other site nor the other region uses."
  validation {
    condition     = endswith(var.cidr, "/16")
    error_message = "The network is divided as a /16."
  }
}

variable "zones" {
  type = list(string)
  validation {
    condition     = length(distinct(var.zones)) == 3
    error_message = "Three different zones are needed: with two, the loss of one leaves no majority."
  }
}

variable "nat_gateways" {
  type    = number
  default = 3
  validation {
    condition     = contains([1, 3], var.nat_gateways)
    error_message = "One NAT gateway, or one in each zone."
  }
}
