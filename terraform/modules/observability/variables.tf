variable "name" { type = string }
variable "kms_key_arn" { type = string }
variable "pagerduty_endpoint" {
  type      = string
  sensitive = true # its path is the key
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
