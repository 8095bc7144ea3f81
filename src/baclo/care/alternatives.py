X = "plan.others"
