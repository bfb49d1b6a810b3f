"""The switch of the region, as an operator starts it: `deploy/region/switch to eks-dr`. Needs Python only."""
