# --- roles of what the cluster needs beside the product: each for one service account, none for the nodes
locals {
  controllers = {
    efs      = "kube-system:efs-csi-controller-sa"
    balancer = "kube-system:aws-load-balancer-controller"
    alerts   = "monitoring:alertmanager"
  }
}

resource "aws_iam_role" "controllers" {
  for_each             = local.controllers
  name                 = "${var.name}-${each.key}"
  permissions_boundary = var.boundary_arn
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.this.arn }
      Condition = { StringEquals = {
        "${local.issuer}:sub" = "system:serviceaccount:${each.value}"
        "${local.issuer}:aud" = "sts.amazonaws.com"
      } }
    }]
  })
}

# the class `efs`: folders of the file system are made and taken away by the driver
resource "aws_iam_role_policy_attachment" "efs" {
  role       = aws_iam_role.controllers["efs"].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy"
}

# Alertmanager writes to the telephones of the rota (modules/observability), and to nobody else
resource "aws_iam_role_policy" "alerts" {
  role = aws_iam_role.controllers["alerts"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sns:Publish", Resource = "arn:aws:sns:${var.region}:${var.account}:${var.name}-rota" },
      { Effect = "Allow", Action = ["kms:GenerateDataKey*", "kms:Decrypt"], Resource = var.kms_key_arn },
    ]
  })
}

# The balancer controller looks at everything and changes what carries the mark of this cluster; it makes what it marks.
resource "aws_iam_role_policy" "balancer" {
  role = aws_iam_role.controllers["balancer"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["ec2:Describe*", "ec2:GetCoipPoolUsage", "ec2:GetSecurityGroupsForVpc", "elasticloadbalancing:Describe*", "acm:ListCertificates", "acm:DescribeCertificate"], Resource = "*" },
      { Effect = "Allow", Action = ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"], Resource = "*", Condition = { StringEquals = { "aws:RequestTag/elbv2.k8s.aws/cluster" = var.name } } },
      { Effect = "Allow", Action = ["elasticloadbalancing:AddTags"], Resource = "*", Condition = { StringEquals = { "elasticloadbalancing:CreateAction" = ["CreateLoadBalancer", "CreateTargetGroup"], "aws:RequestTag/elbv2.k8s.aws/cluster" = var.name } } },
      { Effect = "Allow", Action = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags", "elasticloadbalancing:Modify*", "elasticloadbalancing:Delete*", "elasticloadbalancing:Set*", "elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"], Resource = "*", Condition = { StringEquals = { "aws:ResourceTag/elbv2.k8s.aws/cluster" = var.name } } },
      { Effect = "Allow", Action = ["elasticloadbalancing:CreateListener", "elasticloadbalancing:CreateRule", "elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteRule", "elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyRule", "elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:RemoveListenerCertificates", "elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"], Resource = ["arn:aws:elasticloadbalancing:${var.region}:*:loadbalancer/app/k8s-*", "arn:aws:elasticloadbalancing:${var.region}:*:listener/app/k8s-*", "arn:aws:elasticloadbalancing:${var.region}:*:listener-rule/app/k8s-*"] },
      { Effect = "Allow", Action = ["ec2:CreateSecurityGroup"], Resource = "*" },
      { Effect = "Allow", Action = ["ec2:CreateTags"], Resource = "arn:aws:ec2:${var.region}:*:security-group/*", Condition = { StringEquals = { "ec2:CreateAction" = "CreateSecurityGroup", "aws:RequestTag/elbv2.k8s.aws/cluster" = var.name } } },
      { Effect = "Allow", Action = ["ec2:DeleteSecurityGroup", "ec2:CreateTags", "ec2:DeleteTags"], Resource = "arn:aws:ec2:${var.region}:*:security-group/*", Condition = { StringEquals = { "aws:ResourceTag/elbv2.k8s.aws/cluster" = var.name } } },
      # the groups of the nodes and its own: it opens the way from the balancer to the gateway
      { Effect = "Allow", Action = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"], Resource = "arn:aws:ec2:${var.region}:*:security-group/*", Condition = { StringEquals = { "ec2:Vpc" = "arn:aws:ec2:${var.region}:${var.account}:vpc/${var.vpc_id}" } } },
    ]
  })
}
