"""Forces: kinds of fire and rescue service, teams as the standards list them, acclimatisation."""
