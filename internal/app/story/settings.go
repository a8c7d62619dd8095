package story

// Settings are the settings the demo runs with, as key=value. Nothing asks the
// network: what a sender proved is read from the organisation's own gateway.
func Settings() []string {
	return []string{
		"org.name=Atelier Boréal", "org.domains=" + Domain, "org.language=fr", "org.timezone=Europe/Paris",
		"mail.from_name=L'équipe sécurité", "org.signer=Camille", "org.phone=01 99 00 12 34",
		"org.known_domains=nordlys-fret.example,banque-tilleul.example,papeterie-colvert.example,imprimerie-corbeau.example," +
			"mutuelle-aubepine.example,harbourlight.example,kestrel-travel.example,lumen-energie.example",
		"org.leaders=Hélène Vasseur,Antoine Mercier,Laura Bennett,Sophie Lambert",
		"org.trusted_auth_servers=" + gateway,
		"mail.report_addresses=" + Report,
		"smtp.hostname=" + "bienvu." + Domain, "smtp.trusted_relays=127.0.0.0/8,::1",
		"submission.host=", "dns.enabled=false",
		"desk.per_person_hourly_cap=20",
	}
}

// ExerciseIP is the address that the organisation's exercises are sent from:
// the second proof, beside the mark in the header.
const ExerciseIP = "198.51.100.24"
