# Who may reach the balancer of this cluster. The cluster makes the balancer and takes these groups by their Name tags
# (deploy/kubernetes/overlays/eks/balancer.yaml): the public door is CloudFront alone, where WAF stands. Its addresses
# are those of everybody's distributions; the gateway answers only to our names. Somebody's own distribution that
# rewrites the name still passes without our WAF: the product's own limits stand behind it.
data "aws_ec2_managed_prefix_list" "cloudfront" { name = "com.amazonaws.global.cloudfront.origin-facing" }
data "aws_ec2_managed_prefix_list" "health_checks" { name = "com.amazonaws.${var.region}.route53-healthchecks" }

# two groups: each list counts as all of its entries, and a group has room for 60
resource "aws_security_group" "cloudfront" {
  name_prefix = "${var.name}-cloudfront-"
  description = "HTTPS from CloudFront to the balancer"
  vpc_id      = var.vpc_id
  tags        = { Name = "caseway-from-cloudfront" }
  ingress {
    description     = "HTTPS from the addresses with which CloudFront asks an origin"
    from_port       = 443
    to_port         = 443
    protocol        = "tcp"
    prefix_list_ids = [data.aws_ec2_managed_prefix_list.cloudfront.id]
  }
}

resource "aws_security_group" "watchers" {
  name_prefix = "${var.name}-watchers-"
  description = "HTTPS from who watches this site by its own name"
  vpc_id      = var.vpc_id
  tags        = { Name = "caseway-from-watchers" }
  ingress {
    description     = "HTTPS from the health checks of Route 53"
    from_port       = 443
    to_port         = 443
    protocol        = "tcp"
    prefix_list_ids = [data.aws_ec2_managed_prefix_list.health_checks.id]
  }
  ingress {
    description = "HTTPS from the pipelines, for the smoke test of a release"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = var.pipeline_cidrs
  }
}
