variable "region" { type = string }
variable "copy_region" { type = string }
variable "kms_key_arn" { type = string }
variable "copy_kms_key_arn" { type = string }
variable "oidc_provider" { type = string }
variable "oidc_provider_arn" { type = string }
variable "names" {
  type = map(string)
  default = {
    app   = "What the pods read: SECRET_KEY, DATABASE_URL, REDIS_URL, FIELD_KEYS, CERTIFICATE_KEY, CERTIFICATE_CHAIN, ANYMAIL"
    redis = "Address and password of Redis for KEDA"
  }
}
