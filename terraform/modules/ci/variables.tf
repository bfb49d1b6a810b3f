variable "repository" { type = string }
variable "regions" { type = list(string) }
variable "kms_key_arn" { type = string }
variable "issuer" {
  type    = string
  default = "token.actions.githubusercontent.com"
}
