variable "name" { type = string }
variable "vpc_id" { type = string }
variable "vpc_cidr" { type = string }
variable "route_tables" { type = list(string) }
variable "dx_connection_id" { type = string }
variable "vlan" { type = number }
variable "site_address" { type = string }
variable "alarm_topic_arn" { type = string }
variable "site_asn" {
  type    = number
  default = 65010
}
variable "amazon_asn" {
  type    = number
  default = 64512
}
