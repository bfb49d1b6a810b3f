mock_provider "aws" {}

variables {
  name             = "caseway"
  vpc_id           = "vpc-1"
  vpc_cidr         = "10.20.0.0/16"
  route_tables     = ["rtb-1", "rtb-2", "rtb-3", "rtb-4"]
  dx_connection_id = "dxcon-1"
  vlan             = 101
  site_address     = "203.0.113.10"
  alarm_topic_arn  = "arn:aws:sns:eu-central-1:111122223333:alarms"
}

run "the_vpn_stands_behind_the_line_on_the_same_gateway" {
  assert {
    condition     = aws_vpn_connection.site.vpn_gateway_id == aws_dx_gateway_association.this.associated_gateway_id
    error_message = "both ways end at one gateway"
  }
  assert {
    condition     = !aws_vpn_connection.site.static_routes_only
    error_message = "BGP decides; a fixed route would not move"
  }
  assert {
    condition     = length(aws_vpn_gateway_route_propagation.this) == 4
    error_message = "every private and isolated table learns the way to the site"
  }
}

run "old_ciphers_are_off_and_both_ways_are_watched" {
  assert {
    condition     = aws_vpn_connection.site.tunnel1_ike_versions == toset(["ikev2"]) && aws_vpn_connection.site.tunnel2_phase2_encryption_algorithms == toset(["AES256-GCM-16"])
    error_message = "IKEv2 with AES-256-GCM only"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.vpn_down.treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.line_down.treat_missing_data == "breaching"
    error_message = "silence is an alarm"
  }
}
