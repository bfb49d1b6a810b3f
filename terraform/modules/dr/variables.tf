variable "boundary_arn" {
  type        = string
  description = "What no role that is made here may go beyond."
}
variable "name" { type = string }
variable "kms_key_arn" { type = string }
variable "copy_kms_key_arn" { type = string }
variable "resources" {
  type        = list(string)
  description = "The database and the file system of the pictures."
}
