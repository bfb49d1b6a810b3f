output "vpc_id" { value = aws_vpc.this.id }
output "cidr" { value = aws_vpc.this.cidr_block }
output "public_subnets" { value = aws_subnet.public[*].id }
output "private_subnets" { value = aws_subnet.private[*].id }
output "isolated_subnets" { value = aws_subnet.isolated[*].id }
output "isolated_cidr" { value = cidrsubnet(var.cidr, 2, 3) }
output "route_tables" { value = concat(aws_route_table.private[*].id, [aws_route_table.isolated.id]) }
