# The public door: CloudFront with WAF, and behind it a name that Route 53 gives to whichever region answers.
# The certificates (public one in us-east-1) come from outside: their validation is a record in the same zone.
resource "aws_wafv2_web_acl" "this" {
  provider = aws.global # WAF of CloudFront lives in us-east-1
  name     = var.name
  scope    = "CLOUDFRONT"
  default_action {
    allow {}
  }
  # Cost: 1 USD a rule and month and 0.60 a million requests.
  dynamic "rule" {
    for_each = { 10 = "AWSManagedRulesAmazonIpReputationList", 20 = "AWSManagedRulesCommonRuleSet", 30 = "AWSManagedRulesKnownBadInputsRuleSet", 40 = "AWSManagedRulesSQLiRuleSet" }
    content {
      name     = rule.value
      priority = rule.key
      override_action {
        none {}
      }
      statement {
        managed_rule_group_statement {
          name        = rule.value
          vendor_name = "AWS"
          # uploads are larger than the 8 KiB that this rule allows; the product checks them itself
          dynamic "rule_action_override" {
            for_each = rule.value == "AWSManagedRulesCommonRuleSet" ? ["SizeRestrictions_BODY"] : []
            content {
              name = rule_action_override.value
              action_to_use {
                count {}
              }
            }
          }
        }
      }
      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = rule.value
        sampled_requests_enabled   = false # a sample would hold what citizens typed
      }
    }
  }
  rule {
    name     = "too-many-from-one-address"
    priority = 1
    action {
      block {
        custom_response { response_code = 429 }
      }
    }
    statement {
      rate_based_statement {
        limit              = var.requests_per_5_minutes
        aggregate_key_type = "IP"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "too-many"
      sampled_requests_enabled   = false
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = var.name
    sampled_requests_enabled   = false
  }
}

resource "aws_cloudfront_distribution" "this" {
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"
  aliases         = [var.public_name]
  web_acl_id      = aws_wafv2_web_acl.this.arn
  price_class     = "PriceClass_100" # Europe and North America: the citizens are there, and it is the cheapest

  origin {
    domain_name = var.origin_name
    origin_id   = "site"
    custom_origin_config {
      http_port                = 80
      https_port               = 443
      origin_protocol_policy   = "https-only"
      origin_ssl_protocols     = ["TLSv1.2"] # the newest that CloudFront speaks to an origin
      origin_read_timeout      = 60
      origin_keepalive_timeout = 60
    }
  }

  # pages are of one person each: nothing is kept, everything is handed on
  default_cache_behavior {
    target_origin_id         = "site"
    viewer_protocol_policy   = "redirect-to-https"
    allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods           = ["GET", "HEAD"]
    cache_policy_id          = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" # Managed-CachingDisabled
    origin_request_policy_id = "216adef6-5c7f-47e4-b989-5492eafa07d3" # Managed-AllViewer
    compress                 = true
  }

  # names of static files hold their hash: they may be kept for as long as anybody likes
  ordered_cache_behavior {
    path_pattern           = "/static/*"
    target_origin_id       = "site"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6" # Managed-CachingOptimized
    # without the name that was asked for, the gateway would know no such site
    origin_request_policy_id = "216adef6-5c7f-47e4-b989-5492eafa07d3" # Managed-AllViewer
    compress                 = true
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
      locations        = []
    }
  }
}

# Asked every 10 seconds from several places: three misses move the origin within about a minute (TTL included).
resource "aws_route53_health_check" "this" {
  for_each          = var.balancers
  fqdn              = "${each.key}.${var.public_name}"
  port              = 443
  type              = "HTTPS"
  resource_path     = "/readyz"
  enable_sni        = true
  request_interval  = 10
  failure_threshold = 3
  measure_latency   = true
  # deploy/region/switch lets the door of a site that is left ask for a page that nobody has: no apply opens it again
  lifecycle { ignore_changes = [resource_path] }
}

# Each site has a name of its own, whichever answers for the public one: the health checks and the pipelines ask by it.
resource "aws_route53_record" "site" {
  for_each = var.balancers
  zone_id  = var.zone_id
  name     = "${each.key}.${var.public_name}"
  type     = "A"
  alias {
    name                   = each.value.dns_name
    zone_id                = each.value.zone_id
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "origin" {
  for_each        = var.balancers
  zone_id         = var.zone_id
  name            = var.origin_name
  type            = "A"
  set_identifier  = each.key
  health_check_id = aws_route53_health_check.this[each.key].id
  failover_routing_policy { type = each.key == "primary" ? "PRIMARY" : "SECONDARY" }
  alias {
    name                   = each.value.dns_name
    zone_id                = each.value.zone_id
    evaluate_target_health = true
  }
}

resource "aws_route53_record" "public" {
  for_each = toset(["A", "AAAA"])
  zone_id  = var.zone_id
  name     = var.public_name
  type     = each.key
  alias {
    name                   = aws_cloudfront_distribution.this.domain_name
    zone_id                = aws_cloudfront_distribution.this.hosted_zone_id
    evaluate_target_health = false
  }
}
