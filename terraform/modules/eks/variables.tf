variable "boundary_arn" {
  type        = string
  description = "What no role that is made here may go beyond."
}
variable "name" { type = string }
variable "account" { type = string }
variable "sender" {
  type        = string
  description = "The address from which letters go, and no other."
}
variable "region" { type = string }
variable "pipeline_cidrs" {
  type        = list(string)
  description = "Whence the pipelines ask a site after a release."
}
variable "vpc_id" { type = string }
variable "vpc_cidr" { type = string }
variable "subnets" { type = list(string) }
variable "kms_key_arn" { type = string }
variable "documents_arn" { type = string }
variable "documents_kms_key_arn" { type = string }
variable "administrator_role_arn" { type = string }
variable "kubernetes_version" {
  type    = string
  default = "1.32"
}
variable "instance_types" {
  type    = list(string)
  default = ["m6i.xlarge", "m5.xlarge"]
}
variable "nodes" {
  type    = object({ least = number, usual = number, most = number })
  default = { least = 3, usual = 6, most = 15 }
}
