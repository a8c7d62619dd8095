package unwrap

// tongue is how one language says what a person did. Words are lower case
// and split at apostrophes: "didn't" is two words.
type tongue struct {
	subjects string // who acted: the person, or a colleague
	aux      string // helping verbs, one of which must stand by; "" when the verb forms speak for themselves
	first    string // those helping verbs and verb forms that name the first person by themselves
	not      string // what turns a sentence round, before the verb
	nothing  string // what turns it round, shortly after
	but      string // begins a new sentence
	acts     []act
}

// act is what a person did: one of the verb forms, and where the verb alone
// says too little, one of the objects in the same sentence.
type act struct {
	id, verbs, objects string
}

// tongues hold past forms only: "should I click" is a question, not a deed.
//
//nolint:gochecknoglobals // a constant table
var tongues = []tongue{
	{
		subjects: "i we my our colleague colleagues he she someone somebody user manager boss wife husband",
		not:      "not never didn didnt haven havent hasn hadn don dont doesn wasn won without neither nor no almost nearly would wouldn could couldn avoid avoided cannot shouldn nobody been were was be being",
		nothing:  "nothing none",
		but:      "but however though although except because then so",
		acts: []act{
			{ActedClicked, "clicked tapped", ""},
			{ActedClicked, "followed opened visited scanned pressed", "link links qr website site page url button"},
			{ActedPassword, "entered typed gave put filled submitted provided shared given inserted input used", "password passwords credentials login pin passcode username mfa code codes"},
			{ActedPassword, "logged signed", "in"},
			{ActedOpened, "opened downloaded installed ran executed launched", "attachment attachments file files document documents pdf invoice zip excel word program programme software app application anydesk teamviewer macro"},
			{ActedPaid, "paid", ""},
			{ActedPaid, "transferred sent made wired bought gave entered typed shared", "money payment transfer card iban euros dollars pounds bank"},
			{ActedReplied, "replied answered responded", ""},
		},
	},
	{
		subjects: "j je nous on il elle collègue collegue collaborateur collaboratrice",
		aux:      "ai a avons ont avait avais suis",
		first:    "ai avons",
		not:      "pas jamais rien ni aucun aucune sans presque failli point aurais aurait aurions personne nullement",
		nothing:  "rien aucun aucune nulle",
		but:      "mais cependant toutefois donc car puis sauf",
		acts: []act{
			{ActedClicked, "cliqué clique cliquée cliqués", ""},
			{ActedClicked, "suivi ouvert scanné scanne appuyé appuye visité", "lien liens qr site page bouton url"},
			{ActedPassword, "saisi entré entre tapé tape donné donne mis rempli communiqué communique renseigné renseigne fourni indiqué envoyé", "passe mdp identifiant identifiants login code codes credentials"},
			{ActedPassword, "connecté connectée identifié identifiée", ""},
			{ActedOpened, "ouvert téléchargé telecharge installé installe exécuté lancé", "pièce piece pj fichier fichiers document documents pdf facture zip excel word logiciel programme application appli anydesk teamviewer"},
			{ActedPaid, "payé paye viré réglé regle versé", ""},
			{ActedPaid, "fait effectué donné donne saisi entré communiqué envoyé transmis", "virement paiement carte iban rib cb bancaire bancaires argent"},
			{ActedReplied, "répondu repondu", ""},
		},
	},
	{
		subjects: "ich wir kollege kollegin kollegen er sie jemand man",
		aux:      "habe haben hab hat hatte bin",
		first:    "habe haben hab bin",
		not:      "nicht nie niemals kein keine keinen keinem nichts ohne weder noch fast beinahe hätte hätten niemand",
		nothing:  "nichts",
		but:      "aber jedoch sondern denn doch",
		acts: []act{
			{ActedClicked, "geklickt angeklickt draufgeklickt gescannt angetippt", ""},
			{ActedClicked, "geöffnet geoeffnet gefolgt aufgerufen", "link links seite webseite website qr"},
			{ActedPassword, "eingegeben angegeben eingetippt eingetragen weitergegeben verraten", "passwort kennwort zugangsdaten anmeldedaten pin tan login benutzername code"},
			{ActedPassword, "angemeldet eingeloggt", ""},
			{ActedOpened, "geöffnet geoeffnet heruntergeladen installiert ausgeführt gestartet", "anhang anhänge datei dateien dokument pdf rechnung zip excel word programm software app anydesk teamviewer"},
			{ActedPaid, "bezahlt überwiesen ueberwiesen gezahlt", ""},
			{ActedPaid, "eingegeben angegeben", "kreditkarte kreditkartendaten karte iban bankdaten kontodaten"},
			{ActedReplied, "geantwortet beantwortet", ""},
		},
	},
	{
		subjects: "ik wij we collega hij zij iemand", aux: "heb hebben heeft had ben", first: "heb hebben ben",
		not: "niet nooit geen niets zonder bijna noch zou", nothing: "niets", but: "maar echter want",
		acts: []act{
			{ActedClicked, "geklikt aangeklikt doorgeklikt gescand", ""},
			{ActedClicked, "geopend gevolgd", "link links site pagina website"},
			{ActedPassword, "ingevuld ingevoerd ingegeven gegeven ingetypt opgegeven doorgegeven", "wachtwoord inloggegevens gegevens pincode code gebruikersnaam"},
			{ActedPassword, "ingelogd aangemeld", ""},
			{ActedOpened, "geopend gedownload geïnstalleerd", "bijlage bijlagen bestand bestanden document pdf factuur zip excel word programma software app"},
			{ActedPaid, "betaald overgemaakt", ""},
			{ActedReplied, "geantwoord beantwoord gereageerd", ""},
		},
	},
	{
		subjects: "yo nosotros compañero compañera colega alguien", aux: "he hemos ha hice hicimos hizo pinché pulsé introduje puse di escribí ingresé abrí descargué instalé pagué transferí respondí contesté facilité",
		first: "he hemos hice hicimos pinché pulsé introduje puse di escribí ingresé abrí descargué instalé pagué transferí respondí contesté facilité",
		not:   "no nunca jamás sin ni casi ningún ninguna nada tampoco habría", nothing: "nada ningún ninguna", but: "pero aunque sino porque",
		acts: []act{
			{ActedClicked, "clicado pinchado pulsado pinché", ""}, {ActedClicked, "clic click", "hecho hice hicimos"},
			{ActedClicked, "abierto abrí pulsé entrado", "enlace enlaces link página web botón"},
			{ActedPassword, "introducido introduje puesto puse dado di escrito escribí ingresado ingresé facilitado facilité", "contraseña clave credenciales pin usuario código"},
			{ActedOpened, "abierto abrí descargado descargué instalado instalé", "adjunto adjuntos archivo archivos fichero documento pdf factura zip excel programa aplicación"},
			{ActedPaid, "pagado pagué transferido transferí", ""},
			{ActedReplied, "respondido respondí contestado contesté", ""},
		},
	},
	{
		subjects: "io noi collega qualcuno", aux: "ho abbiamo ha", first: "ho abbiamo",
		not: "non mai senza né quasi nessun nessuna niente avrei", nothing: "niente nulla nessun nessuna", but: "ma però perché",
		acts: []act{
			{ActedClicked, "cliccato", ""}, {ActedClicked, "clic click", "fatto"},
			{ActedClicked, "aperto seguito", "link collegamento sito pagina"},
			{ActedPassword, "inserito digitato messo dato fornito scritto comunicato", "password credenziali pin codice codici utente"},
			{ActedOpened, "aperto scaricato installato", "allegato allegati file documento pdf fattura zip excel programma"},
			{ActedPaid, "pagato", ""}, {ActedPaid, "fatto effettuato", "bonifico pagamento"},
			{ActedReplied, "risposto", ""},
		},
	},
	{
		subjects: "eu nós colega alguém", aux: "cliquei carreguei digitei inseri coloquei dei introduzi forneci preenchi abri descarreguei baixei instalei paguei transferi respondi clicámos clicamos",
		first: "cliquei carreguei digitei inseri coloquei dei introduzi forneci preenchi abri descarreguei baixei instalei paguei transferi respondi clicámos clicamos",
		not:   "não nao nunca jamais sem nem quase nenhum nenhuma", nothing: "nada nenhum nenhuma", but: "mas porém porque",
		acts: []act{
			{ActedClicked, "cliquei clicámos clicamos", ""}, {ActedClicked, "carreguei abri", "link ligação botão página site"},
			{ActedPassword, "digitei inseri coloquei dei introduzi forneci preenchi", "senha palavra password credenciais pin código"},
			{ActedOpened, "abri descarreguei baixei instalei", "anexo anexos arquivo ficheiro documento pdf fatura zip excel programa"},
			{ActedPaid, "paguei transferi", ""}, {ActedReplied, "respondi", ""},
		},
	},
}

// leads may stand before a verb that names nobody: "already clicked",
// « déjà cliqué », "sorry clicked".
//
//nolint:gochecknoglobals // a constant table
var leads = setOf(`already just accidentally also and have has sorry oops unfortunately mistakenly even stupidly yes hi hello
	déjà malheureusement désolé désolée oups oui et bêtement bonjour leider schon bereits versehentlich entschuldigung ja hallo und
	al helaas sorry ya lo siento sí già purtroppo sì já infelizmente sim`)

// weak are forms that are a present or a command as well, written without
// their accents: they need their helping verb.
//
//nolint:gochecknoglobals // a constant table
var weak = setOf("clique tape donne entre scanne appuye paye regle telecharge installe communique renseigne clic click")
