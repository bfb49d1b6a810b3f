variable "boundary_arn" {
  type        = string
  description = "What no role that is made here may go beyond."
}
variable "region" { type = string }
variable "copy_region" {
  type        = string
  default     = null
  description = "Where the shared ones are copied to; nowhere for a site that shares none."
}
variable "kms_key_arn" { type = string }
variable "copy_kms_key_arn" {
  type    = string
  default = null
}
variable "oidc_provider" { type = string }
variable "oidc_provider_arn" { type = string }
variable "shared" {
  type = map(string)
  default = {
    app   = "What the pods of both sites read: SECRET_KEY, FIELD_KEYS, CERTIFICATE_KEY, CERTIFICATE_CHAIN, ANYMAIL"
    calls = "Secrets of calls to and from other systems: a property for each, named department.name"
  }
}
variable "here" {
  type = map(string)
  default = {
    servers = "The servers of this site: DATABASE_URL, REDIS_URL"
    redis   = "Address and password of Redis for KEDA"
  }
}
variable "received_arns" {
  type        = list(string)
  default     = []
  description = "The copies that another site makes in this region."
}
