mock_provider "aws" {}
mock_provider "aws" {
  alias = "global"
  mock_resource "aws_wafv2_web_acl" { defaults = { arn = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/caseway/1" } }
}

variables {
  name            = "caseway"
  zone_id         = "Z1"
  public_name     = "services.example.gov"
  origin_name     = "origin.services.example.gov"
  certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/1"
  balancers = {
    primary = { dns_name = "a.elb.amazonaws.com", zone_id = "Z2" }
    dr      = { dns_name = "b.elb.amazonaws.com", zone_id = "Z3" }
  }
}

run "a_region_that_does_not_answer_is_left_within_a_minute" {
  assert {
    condition     = alltrue([for check in aws_route53_health_check.this : check.request_interval * check.failure_threshold <= 30 && check.resource_path == "/readyz" && check.type == "HTTPS"])
    error_message = "three misses in 30 seconds, asking whether the site can serve"
  }
  assert {
    condition     = aws_route53_record.origin["primary"].failover_routing_policy[0].type == "PRIMARY" && aws_route53_record.origin["dr"].failover_routing_policy[0].type == "SECONDARY"
    error_message = "failover from primary to dr"
  }
  assert {
    condition     = alltrue([for record in aws_route53_record.origin : record.health_check_id != null])
    error_message = "both are watched"
  }
}

run "each_site_is_asked_by_its_own_name_which_leads_there" {
  assert {
    condition     = alltrue([for name in ["primary", "dr"] : aws_route53_health_check.this[name].fqdn == aws_route53_record.site[name].name && one(aws_route53_record.site[name].alias).name == var.balancers[name].dns_name])
    error_message = "a check asks the balancer of its own region"
  }
  assert {
    condition     = alltrue([for cache in aws_cloudfront_distribution.this.ordered_cache_behavior : cache.origin_request_policy_id == aws_cloudfront_distribution.this.default_cache_behavior[0].origin_request_policy_id])
    error_message = "the name that was asked for is handed on, also for static files"
  }
}

run "the_door_is_guarded_and_keeps_no_page" {
  assert {
    condition     = aws_cloudfront_distribution.this.web_acl_id == aws_wafv2_web_acl.this.arn && length(aws_wafv2_web_acl.this.rule) == 5
    error_message = "WAF with four managed groups and a limit for each address"
  }
  assert {
    condition     = contains([for rule in aws_wafv2_web_acl.this.rule : rule.name], "AWSManagedRulesKnownBadInputsRuleSet")
    error_message = "known bad inputs are refused"
  }
  assert {
    condition     = alltrue([for rule in aws_wafv2_web_acl.this.rule : alltrue([for v in rule.visibility_config : !v.sampled_requests_enabled])])
    error_message = "no sample of what citizens typed is kept"
  }
  assert {
    condition     = aws_cloudfront_distribution.this.default_cache_behavior[0].cache_policy_id == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    error_message = "pages of persons are never cached"
  }
  assert {
    condition     = aws_cloudfront_distribution.this.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https"
    error_message = "HTTPS only"
  }
}
