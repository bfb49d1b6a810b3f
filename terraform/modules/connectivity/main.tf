# The line to the site: Direct Connect, and behind it an encrypted VPN over the internet. Both speak BGP to the same
# gateway of the VPC; AWS prefers Direct Connect while it is there, so no one switches anything.
# Cost: a 1 Gbit/s port is about 220 USD a month and does not depend on use; the VPN about 36.
resource "aws_vpn_gateway" "this" {
  vpc_id          = var.vpc_id
  amazon_side_asn = var.amazon_asn
}

resource "aws_dx_gateway" "this" {
  name            = var.name
  amazon_side_asn = var.amazon_asn + 1
}

resource "aws_dx_gateway_association" "this" {
  dx_gateway_id         = aws_dx_gateway.this.id
  associated_gateway_id = aws_vpn_gateway.this.id
  allowed_prefixes      = [var.vpc_cidr]
}

# The line itself is ordered and patched by people; its number comes from the provider.
resource "aws_dx_private_virtual_interface" "this" {
  connection_id  = var.dx_connection_id
  dx_gateway_id  = aws_dx_gateway.this.id
  name           = var.name
  vlan           = var.vlan
  address_family = "ipv4"
  bgp_asn        = var.site_asn
  mtu            = 9001
}

resource "aws_customer_gateway" "site" {
  bgp_asn    = var.site_asn
  ip_address = var.site_address
  type       = "ipsec.1"
}

resource "aws_vpn_connection" "site" {
  vpn_gateway_id                       = aws_vpn_gateway.this.id
  customer_gateway_id                  = aws_customer_gateway.site.id
  type                                 = "ipsec.1"
  static_routes_only                   = false
  tunnel1_ike_versions                 = ["ikev2"]
  tunnel2_ike_versions                 = ["ikev2"]
  tunnel1_phase1_encryption_algorithms = ["AES256-GCM-16"]
  tunnel2_phase1_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_phase2_encryption_algorithms = ["AES256-GCM-16"]
  tunnel2_phase2_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_phase1_dh_group_numbers      = [20]
  tunnel2_phase1_dh_group_numbers      = [20]
  tunnel1_dpd_timeout_action           = "restart"
  tunnel2_dpd_timeout_action           = "restart"
}

resource "aws_vpn_gateway_route_propagation" "this" {
  count          = length(var.route_tables)
  vpn_gateway_id = aws_vpn_gateway.this.id
  route_table_id = var.route_tables[count.index]
}

resource "aws_cloudwatch_metric_alarm" "vpn_down" {
  alarm_name          = "${var.name}-vpn-down"
  alarm_description   = "Both tunnels of the VPN are down: when Direct Connect fails now, the sites are apart. Runbook: sites-apart"
  namespace           = "AWS/VPN"
  metric_name         = "TunnelState"
  dimensions          = { VpnId = aws_vpn_connection.site.id }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "line_down" {
  alarm_name          = "${var.name}-direct-connect-down"
  alarm_description   = "Direct Connect is down; the VPN carries the traffic. Runbook: sites-apart"
  namespace           = "AWS/DX"
  metric_name         = "ConnectionState"
  dimensions          = { ConnectionId = var.dx_connection_id }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 3
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}
