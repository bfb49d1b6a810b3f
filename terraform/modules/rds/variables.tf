variable "boundary_arn" {
  type        = string
  description = "What no role that is made here may go beyond."
}
variable "name" { type = string }
variable "vpc_id" { type = string }
variable "subnets" { type = list(string) }
variable "client_cidrs" { type = list(string) }
variable "kms_key_arn" { type = string }
variable "instance_class" {
  type    = string
  default = "db.m6g.4xlarge"
}
variable "multi_az" {
  type    = bool
  default = true
}
variable "storage_gb" {
  type    = number
  default = 500
}
variable "major_version" {
  type    = string
  default = "17"
}
variable "source_arn" {
  type        = string
  default     = null
  description = "The database that this one is a replica of; null for a primary."
}
