output "vpn_gateway_id" { value = aws_vpn_gateway.this.id }
