variable "name" { type = string }
variable "vpc_id" { type = string }
variable "subnets" { type = list(string) }
variable "client_cidrs" { type = list(string) }
variable "kms_key_arn" { type = string }
variable "user_group_id" {
  type        = string
  description = "Made by hand with its password in Secrets Manager: as a resource the password would lie in the state."
}
variable "node_type" {
  type    = string
  default = "cache.m7g.large"
}
variable "nodes" {
  type    = number
  default = 3
  validation {
    condition     = var.nodes >= 2
    error_message = "A single node has nothing that takes over when it falls."
  }
}
