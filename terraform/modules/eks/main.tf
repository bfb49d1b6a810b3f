# The cluster. Its API is inside the VPC; people reach it over the line of the site.
# Cost: 73 USD a month for the control plane while its version is current, six times that in extended support: keep up.
locals { issuer = trimprefix(aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://") }

resource "aws_iam_role" "cluster" {
  name_prefix          = "${var.name}-cluster-"
  permissions_boundary = var.boundary_arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "eks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "cluster" {
  role       = aws_iam_role.cluster.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
}

resource "aws_cloudwatch_log_group" "cluster" {
  name              = "/aws/eks/${var.name}/cluster"
  retention_in_days = 365
  kms_key_id        = var.kms_key_arn
}

resource "aws_eks_cluster" "this" {
  name                      = var.name
  role_arn                  = aws_iam_role.cluster.arn
  version                   = var.kubernetes_version
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  vpc_config {
    subnet_ids              = var.subnets
    endpoint_private_access = true
    endpoint_public_access  = false
  }
  encryption_config {
    resources = ["secrets"]
    provider { key_arn = var.kms_key_arn }
  }
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }
  depends_on = [aws_cloudwatch_log_group.cluster, aws_iam_role_policy_attachment.cluster]
}

resource "aws_eks_access_entry" "administrators" {
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = var.administrator_role_arn
}

resource "aws_eks_access_policy_association" "administrators" {
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.administrators.principal_arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
  access_scope { type = "cluster" }
}

resource "aws_iam_openid_connect_provider" "this" {
  url            = aws_eks_cluster.this.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]
}

# --- nodes
resource "aws_iam_role" "nodes" {
  name_prefix          = "${var.name}-nodes-"
  permissions_boundary = var.boundary_arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "nodes" {
  for_each   = toset(["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"])
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

resource "aws_launch_template" "nodes" {
  name_prefix = "${var.name}-"
  # a pod may not ask for the credentials of its node
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 60
      volume_type = "gp3"
      encrypted   = true
      kms_key_id  = var.kms_key_arn
    }
  }
}

# Cost: measured, 1,000 users take far less than the plan reserves; the group starts small and grows with the pods.
# One group over all zones; x86, because the Redis of the tests and the image are built for it here.
resource "aws_eks_node_group" "this" {
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "general"
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = var.subnets
  ami_type        = "BOTTLEROCKET_x86_64"
  instance_types  = var.instance_types
  scaling_config {
    min_size     = var.nodes.least
    desired_size = var.nodes.usual
    max_size     = var.nodes.most
  }
  update_config { max_unavailable_percentage = 33 }
  launch_template {
    id      = aws_launch_template.nodes.id
    version = aws_launch_template.nodes.latest_version
  }
  lifecycle { ignore_changes = [scaling_config[0].desired_size] } # the scaler of the cluster owns it
  depends_on = [aws_iam_role_policy_attachment.nodes]
}

resource "aws_eks_addon" "this" {
  for_each                    = { vpc-cni = jsonencode({ enableNetworkPolicy = "true" }), coredns = null, kube-proxy = null, aws-efs-csi-driver = null }
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  service_account_role_arn    = each.key == "aws-efs-csi-driver" ? aws_iam_role.controllers["efs"].arn : null
  configuration_values        = each.value # without it the NetworkPolicies would be words
  resolve_conflicts_on_update = "OVERWRITE"
}

# --- pictures of the pages
resource "aws_efs_file_system" "media" {
  encrypted        = true
  kms_key_id       = var.kms_key_arn
  throughput_mode  = "elastic"
  performance_mode = "generalPurpose"
}

resource "aws_security_group" "media" {
  name_prefix = "${var.name}-media-"
  description = "NFS from the nodes"
  vpc_id      = var.vpc_id
  ingress {
    description = "NFS from the VPC"
    from_port   = 2049
    to_port     = 2049
    protocol    = "tcp"
    cidr_blocks = [var.vpc_cidr]
  }
}

resource "aws_efs_mount_target" "media" {
  count           = length(var.subnets)
  file_system_id  = aws_efs_file_system.media.id
  subnet_id       = var.subnets[count.index]
  security_groups = [aws_security_group.media.id]
}

# --- what the pods may do in S3, and with letters
resource "aws_iam_role" "documents" {
  name                 = "${var.name}-documents"
  permissions_boundary = var.boundary_arn
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.this.arn }
      Condition = { StringEquals = {
        "${local.issuer}:sub" = ["system:serviceaccount:caseway:web", "system:serviceaccount:caseway:background"]
        "${local.issuer}:aud" = "sts.amazonaws.com"
      } }
    }]
  })
}

# no deletion: a document is kept for as long as the law says, and the lock of the bucket says the same
resource "aws_iam_role_policy" "documents" {
  role = aws_iam_role.documents.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "${var.documents_arn}/*" },
      { Effect = "Allow", Action = ["s3:ListBucket"], Resource = var.documents_arn },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = var.documents_kms_key_arn },
      { Effect = "Allow", Action = ["ses:SendEmail", "ses:SendRawEmail"], Resource = "arn:aws:ses:${var.region}:${var.account}:identity/*", Condition = { StringEquals = { "ses:FromAddress" = var.sender } } },
    ]
  })
}
