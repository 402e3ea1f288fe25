"""The duty of care: concerns, referrals, consents, disclosures, sponsors and feedback."""
