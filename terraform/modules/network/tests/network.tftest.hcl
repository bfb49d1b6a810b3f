mock_provider "aws" {
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws:iam::111122223333:role/mock" } }
  mock_resource "aws_cloudwatch_log_group" { defaults = { arn = "arn:aws:logs:eu-central-1:111122223333:log-group:mock" } }
}

variables {
  boundary_arn = "arn:aws:iam::111122223333:policy/caseway-ci-boundary"
  name         = "caseway"
  region       = "eu-central-1"
  cidr         = "10.20.0.0/16"
  zones        = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  kms_key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
}

run "three_zones_and_three_tiers" {
  assert {
    condition     = length(distinct(aws_subnet.private[*].availability_zone)) == 3 && length(distinct(aws_subnet.isolated[*].availability_zone)) == 3
    error_message = "nodes and databases stand in three zones"
  }
  assert {
    condition     = length(distinct(concat(aws_subnet.public[*].cidr_block, aws_subnet.private[*].cidr_block, aws_subnet.isolated[*].cidr_block))) == 9
    error_message = "nine networks of their own"
  }
  assert {
    condition     = alltrue([for net in aws_subnet.isolated : cidrhost("${split("/", net.cidr_block)[0]}/18", 0) == "10.20.192.0"])
    error_message = "databases stand in the network that the NetworkPolicies of the overlay name"
  }
}

run "databases_have_no_way_out" {
  assert {
    condition     = length(aws_route_table.isolated.route) == 0
    error_message = "the isolated tier has no route"
  }
  assert {
    condition     = alltrue([for net in aws_subnet.public : !net.map_public_ip_on_launch])
    error_message = "nothing gets a public address by itself"
  }
  assert {
    condition     = length(aws_default_security_group.closed.ingress) == 0 && length(aws_default_security_group.closed.egress) == 0
    error_message = "the default group lets nothing through"
  }
}

run "every_packet_is_recorded_and_a_zone_falls_alone" {
  assert {
    condition     = aws_flow_log.all.traffic_type == "ALL" && aws_cloudwatch_log_group.flows.kms_key_id != null
    error_message = "flow logs of all traffic, encrypted"
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 3
    error_message = "one NAT for each zone"
  }
}

run "two_zones_are_refused" {
  command = plan
  variables { zones = ["a", "b", "b"] }
  expect_failures = [var.zones]
}
