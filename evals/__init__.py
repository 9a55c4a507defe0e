"""How good the answers, the cleaning and the claims are: question sets, grading, metrics, reports and the floors they must hold."""
