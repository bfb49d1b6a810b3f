mock_provider "aws" {
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws:iam::111122223333:role/mock" } }
}

variables {
  boundary_arn = "arn:aws:iam::111122223333:policy/caseway-ci-boundary"
  name         = "caseway"
  vpc_id       = "vpc-1"
  subnets      = ["subnet-1", "subnet-2", "subnet-3"]
  client_cidrs = ["10.20.0.0/16"]
  kms_key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
}

run "a_primary_survives_a_zone_and_can_go_back_in_time" {
  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.backup_retention_period >= 35
    error_message = "Multi-AZ and 35 days of any moment"
  }
  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == var.kms_key_arn
    error_message = "encrypted with our key"
  }
  assert {
    condition     = !aws_db_instance.this.publicly_accessible && aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot
    error_message = "private, and not deleted by mistake"
  }
  assert {
    condition     = aws_db_instance.this.manage_master_user_password
    error_message = "no password in the state"
  }
  assert {
    condition     = aws_db_instance.this.max_allocated_storage >= aws_db_instance.this.allocated_storage * pow(1.2, 5)
    error_message = "room for five years of 20 % growth"
  }
  assert {
    condition     = contains([for p in aws_db_parameter_group.this.parameter : "${p.name}=${p.value}"], "ssl_min_protocol_version=TLSv1.3") && contains([for p in aws_db_parameter_group.this.parameter : "${p.name}=${p.value}"], "rds.force_ssl=1")
    error_message = "TLS 1.3 and nothing without"
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.clients : rule.cidr_ipv4 != "0.0.0.0/0" && rule.to_port == 5432])
    error_message = "only named networks, only PostgreSQL"
  }
}
