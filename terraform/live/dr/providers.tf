terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0" }
  }
  # The state lies encrypted and versioned in a bucket that was made once by hand (deploy/README.md), in the other
  # region than what it describes: who has to rebuild a lost region can read it.
  backend "s3" {
    bucket       = "caseway-terraform-state"
    key          = "dr/terraform.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region
  default_tags { tags = { service = "caseway", site = "dr" } }
}
