# PostgreSQL. As primary: Multi-AZ, which loses no acknowledged write when a zone falls. As a replica in another
# region: asynchronous, seconds behind; promoting it is the switch of the region.
# Cost: db.m6g.4xlarge Multi-AZ is about 2,100 USD a month on demand, a third less reserved for a year. The replica
# may be smaller while it stands ready; the switch of the region (deploy/runbooks/region-switch.md) enlarges it.
resource "aws_db_subnet_group" "this" {
  name_prefix = "${var.name}-"
  subnet_ids  = var.subnets
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-database-"
  description = "PostgreSQL from the nodes and from the other site"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each          = toset(var.client_cidrs)
  security_group_id = aws_security_group.this.id
  description       = "PostgreSQL from ${each.key}"
  cidr_ipv4         = each.key
  from_port         = 5432
  to_port           = 5432
  ip_protocol       = "tcp"
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "${var.name}-"
  family      = "postgres${var.major_version}"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
  parameter {
    name  = "ssl_min_protocol_version"
    value = "TLSv1.3"
  }
  # no statement, however slow: statements hold answers of citizens, and a log is no place for them
  parameter {
    name  = "log_min_duration_statement"
    value = "-1"
  }
  parameter {
    name  = "log_lock_waits"
    value = "1"
  }
  lifecycle { create_before_destroy = true }
}

resource "aws_db_instance" "this" {
  identifier                          = var.name
  engine                              = "postgres"
  engine_version                      = var.source_arn == null ? var.major_version : null
  instance_class                      = var.instance_class
  multi_az                            = var.multi_az
  replicate_source_db                 = var.source_arn
  db_name                             = var.source_arn == null ? "caseway" : null
  username                            = var.source_arn == null ? "caseway_admin" : null
  manage_master_user_password         = var.source_arn == null ? true : null
  master_user_secret_kms_key_id       = var.source_arn == null ? var.kms_key_arn : null
  db_subnet_group_name                = aws_db_subnet_group.this.name
  vpc_security_group_ids              = [aws_security_group.this.id]
  parameter_group_name                = aws_db_parameter_group.this.name
  publicly_accessible                 = false
  iam_database_authentication_enabled = true
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"

  # gp3 from 400 GB brings 12,000 IOPS in its price; io2 costs three times as much and is needed above that.
  # Five years of 20 % growth stay below the limit; storage that has grown does not shrink again.
  storage_type          = "gp3"
  allocated_storage     = var.source_arn == null ? var.storage_gb : null
  max_allocated_storage = var.storage_gb * 4
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  # any moment of the last 35 days; copies in another account are the task of modules/dr
  backup_retention_period   = 35
  backup_window             = "00:30-01:30"
  maintenance_window        = "sun:02:00-sun:04:00"
  copy_tags_to_snapshot     = true
  deletion_protection       = true
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final"

  auto_minor_version_upgrade      = true
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  performance_insights_enabled    = true
  performance_insights_kms_key_id = var.kms_key_arn
  monitoring_interval             = 30
  monitoring_role_arn             = aws_iam_role.monitoring.arn
}

resource "aws_iam_role" "monitoring" {
  name_prefix          = "${var.name}-rds-"
  permissions_boundary = var.boundary_arn
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "monitoring.rds.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  role       = aws_iam_role.monitoring.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}
