package forward

// field is what a label of a forwarded header stands for.
type field int

const (
	fieldNone field = iota
	fieldFrom
	fieldTo
	fieldCc
	fieldDate
	fieldSubject
	fieldOther // known, part of the block, of no use here
)

// language is one language's labels. Clients disagree even within one
// language (Outlook writes "Sent", Gmail "Date"), so each field has several.
type language struct {
	code                             string
	from, to, cc, date, subject, etc []string
}

// languages are the labels that Outlook (desktop, web, mobile), Gmail, Apple
// Mail, Thunderbird, Yahoo, GMX, Zimbra and their like write.
//
//nolint:gochecknoglobals // a constant table
var languages = []language{
	{
		code: "en", from: []string{"From"}, to: []string{"To"}, cc: []string{"Cc", "CC"},
		date: []string{"Date", "Sent", "Sent at", "Received", "Date Sent"}, subject: []string{"Subject"},
		etc: []string{"Reply-To", "Bcc", "Importance", "Attachments", "Priority", "Organization", "Resent-From", "Message-ID", "Sender", "Sensitivity"},
	},
	{
		code: "fr", from: []string{"De", "Expéditeur", "Émetteur"}, to: []string{"À", "A", "Pour", "Destinataire", "Destinataires"},
		cc: []string{"Cc", "Copie", "Copie à"}, date: []string{"Date", "Envoyé", "Envoyé le", "Date d'envoi", "Reçu", "Date et heure"},
		subject: []string{"Objet", "Sujet"},
		etc:     []string{"Répondre à", "Pièces jointes", "Pièce jointe", "Cci", "Importance", "Priorité"},
	},
	{
		code: "de", from: []string{"Von", "Absender"}, to: []string{"An", "Empfänger"}, cc: []string{"Cc", "Kopie"},
		date: []string{"Datum", "Gesendet", "Gesendet am", "Gesendet um"}, subject: []string{"Betreff"},
		etc: []string{"Antwort an", "Antworten an", "Anlagen", "Anhänge", "Bcc", "Priorität", "Wichtigkeit"},
	},
	{
		code: "nl", from: []string{"Van", "Afzender"}, to: []string{"Aan"}, cc: []string{"Cc", "Kopie"},
		date: []string{"Datum", "Verzonden", "Verstuurd"}, subject: []string{"Onderwerp"},
		etc: []string{"Antwoord aan", "Beantwoorden", "Bijlagen", "Urgentie"},
	},
	{
		code: "es", from: []string{"De", "Remitente"}, to: []string{"Para", "A"}, cc: []string{"Cc", "Copia"},
		date: []string{"Fecha", "Enviado", "Enviado el", "Enviada"}, subject: []string{"Asunto"},
		etc: []string{"Responder a", "Datos adjuntos", "Importancia", "CCO"},
	},
	{
		code: "pt", from: []string{"De", "Remetente"}, to: []string{"Para"}, cc: []string{"Cc", "Cópia"},
		date: []string{"Data", "Enviado", "Enviada", "Enviada em", "Enviado em", "Data de envio"}, subject: []string{"Assunto"},
		etc: []string{"Responder a", "Responder para", "Anexos", "Prioridade"},
	},
	{
		code: "it", from: []string{"Da", "Mittente"}, to: []string{"A", "Per"}, cc: []string{"Cc"},
		date: []string{"Data", "Inviato", "Inviato il", "Spedito"}, subject: []string{"Oggetto"},
		etc: []string{"Rispondi a", "Allegati", "Priorità", "Ccn"},
	},
	{
		code: "pl", from: []string{"Od", "Nadawca", "Wysłano przez"}, to: []string{"Do", "Adresat"}, cc: []string{"DW", "Kopia", "Do wiadomości"},
		date: []string{"Data", "Wysłano", "Data wysłania"}, subject: []string{"Temat"}, etc: []string{"Odpowiedź do", "Załączniki", "UDW"},
	},
	{
		code: "sv", from: []string{"Från"}, to: []string{"Till"}, cc: []string{"Kopia", "Cc"}, date: []string{"Datum", "Skickat", "Skickad"},
		subject: []string{"Ämne"}, etc: []string{"Svar till", "Bilagor", "Prioritet"},
	},
	{
		code: "da", from: []string{"Fra"}, to: []string{"Til"}, cc: []string{"Cc", "Kopi"}, date: []string{"Dato", "Sendt"},
		subject: []string{"Emne"}, etc: []string{"Svar til", "Vedhæftede filer", "Prioritet"},
	},
	{
		code: "nb", from: []string{"Fra", "Avsender"}, to: []string{"Til"}, cc: []string{"Kopi", "Cc"}, date: []string{"Dato", "Sendt"},
		subject: []string{"Emne"}, etc: []string{"Svar til", "Vedlegg", "Prioritet"},
	},
	{
		code: "fi", from: []string{"Lähettäjä", "Keneltä"}, to: []string{"Vastaanottaja", "Vastaanottajat", "Kenelle"},
		cc: []string{"Kopio", "Cc"}, date: []string{"Päivämäärä", "Lähetetty", "Pvm", "Päiväys"}, subject: []string{"Aihe"}, etc: []string{"Vastausosoite", "Liitteet"},
	},
	{
		code: "cs", from: []string{"Od", "Odesílatel"}, to: []string{"Komu", "Příjemce"}, cc: []string{"Kopie", "Cc"},
		date: []string{"Datum", "Odesláno", "Odesláno dne"}, subject: []string{"Předmět", "Věc"}, etc: []string{"Odpovědět na", "Přílohy"},
	},
	{
		code: "sk", from: []string{"Od", "Odosielateľ"}, to: []string{"Komu", "Pre"}, cc: []string{"Kópia"},
		date: []string{"Dátum", "Odoslané"}, subject: []string{"Predmet"}, etc: []string{"Odpovedať na"},
	},
	{
		code: "tr", from: []string{"Kimden", "Gönderen", "Gönderici"}, to: []string{"Kime", "Alıcı"}, cc: []string{"Bilgi", "Cc"},
		date: []string{"Tarih", "Gönderme Tarihi", "Gönderildi", "Gönderim Tarihi"}, subject: []string{"Konu"}, etc: []string{"Yanıt Adresi", "Ekler"},
	},
	{
		code: "ru", from: []string{"От", "От кого", "Отправитель"}, to: []string{"Кому", "Получатель"}, cc: []string{"Копия"},
		date: []string{"Дата", "Отправлено", "Послано"}, subject: []string{"Тема"}, etc: []string{"Ответить", "Вложения", "Важность"},
	},
	{
		code: "uk", from: []string{"Від", "Від кого"}, to: []string{"Кому"}, cc: []string{"Копія"}, date: []string{"Дата", "Надіслано"},
		subject: []string{"Тема"}, etc: []string{"Відповісти"},
	},
	{
		code: "ja", from: []string{"差出人", "送信者", "送信元"}, to: []string{"宛先", "受信者"}, cc: []string{"Cc", "CC"},
		date: []string{"日付", "送信日時", "送信日", "日時"}, subject: []string{"件名"}, etc: []string{"返信先", "添付ファイル", "重要度"},
	},
	{
		code: "zh", from: []string{"发件人", "發件人", "寄件者", "寄件人"}, to: []string{"收件人", "收件者"}, cc: []string{"抄送", "副本", "副本抄送"},
		date: []string{"日期", "发送时间", "发送日期", "發送時間", "寄件日期", "时间", "傳送時間"}, subject: []string{"主题", "主旨", "主題", "标题"},
		etc: []string{"附件", "回复", "答复"},
	},
	{
		code: "ko", from: []string{"보낸 사람", "보낸사람", "발신"}, to: []string{"받는 사람", "받는사람", "수신"}, cc: []string{"참조"},
		date: []string{"날짜", "보낸 날짜", "보낸날짜"}, subject: []string{"제목"}, etc: []string{"첨부"},
	},
	{
		code: "hu", from: []string{"Feladó", "Küldő"}, to: []string{"Címzett", "Címzettek"}, cc: []string{"Másolatot kap", "Másolat"},
		date: []string{"Dátum", "Elküldve", "Küldve"}, subject: []string{"Tárgy"}, etc: []string{"Válaszcím"},
	},
	{
		code: "ro", from: []string{"De la", "Expeditor"}, to: []string{"Către", "Catre", "Destinatar"}, cc: []string{"Cc"},
		date: []string{"Data", "Trimis", "Dată"}, subject: []string{"Subiect"}, etc: []string{"Răspunde la"},
	},
	{
		code: "el", from: []string{"Από"}, to: []string{"Προς"}, cc: []string{"Κοιν", "Κοινοποίηση"},
		date: []string{"Ημερομηνία", "Στάλθηκε", "Ημ/νία"}, subject: []string{"Θέμα"}, etc: []string{"Συνημμένα"},
	},
	{
		code: "hr", from: []string{"Šalje", "Od", "Pošiljatelj"}, to: []string{"Prima", "Za"}, cc: []string{"Kopija"},
		date: []string{"Poslano", "Datum"}, subject: []string{"Predmet"},
	},
	{
		code: "ca", from: []string{"De", "Remitent"}, to: []string{"Per a", "A"}, cc: []string{"A/c"},
		date: []string{"Data", "Enviat el", "Enviat"}, subject: []string{"Assumpte", "Tema"},
	},
	{
		code: "he", from: []string{"מאת"}, to: []string{"אל"}, cc: []string{"עותק"}, date: []string{"תאריך", "נשלח"}, subject: []string{"נושא"},
	},
	{
		code: "ar", from: []string{"من"}, to: []string{"إلى"}, cc: []string{"نسخة"}, date: []string{"التاريخ", "تاريخ", "تم الإرسال"}, subject: []string{"الموضوع"},
	},
}

// separators are the sentences that clients set between dashes, or end with
// a colon, above a forwarded header.
//
//nolint:gochecknoglobals // a constant table
var separators = []string{
	"Forwarded message", "Begin forwarded message", "Original message", "Original mail", "Forwarded mail", "Forwarded email",
	"Message transféré", "Message transferé", "Début du message transféré", "Message d'origine", "Message original", "Courriel original",
	"Début du message réexpédié", "Mail original", "E-mail d'origine", "Mail transféré",
	"Weitergeleitete Nachricht", "Anfang der weitergeleiteten Nachricht", "Ursprüngliche Nachricht", "Originalnachricht",
	"Original-Nachricht", "Original Nachricht", "Ursprüngliche E-Mail", "Weitergeleitete E-Mail",
	"Doorgestuurd bericht", "Begin doorgestuurd bericht", "Oorspronkelijk bericht", "Origineel bericht",
	"Mensaje reenviado", "Inicio del mensaje reenviado", "Mensaje original", "Comienza el mensaje reenviado",
	"Mensagem encaminhada", "Mensagem reencaminhada", "Início da mensagem encaminhada", "Início da mensagem reencaminhada", "Mensagem original",
	"Messaggio inoltrato", "Inizio messaggio inoltrato", "Messaggio originale",
	"Przekazana wiadomość", "Wiadomość przekazana", "Początek przekazywanej wiadomości", "Wiadomość oryginalna", "Oryginalna wiadomość", "Treść przekazanej wiadomości",
	"Vidarebefordrat meddelande", "Vidarebefordrat brev", "Vidarebefordrat mejl", "Ursprungligt meddelande", "Originalmeddelande",
	"Videresendt meddelelse", "Videresendt besked", "Start på videresendt besked", "Oprindelig meddelelse", "Oprindelig besked",
	"Videresendt melding", "Videresendt e-post", "Opprinnelig melding", "Start på videresendt melding",
	"Välitetty viesti", "Edelleen lähetetty viesti", "Alkuperäinen viesti", "Välitetty viesti alkaa",
	"Přeposlaná zpráva", "Přeposlaná zpráva začíná", "Původní zpráva", "Začátek přeposílané zprávy", "Původní e-mail",
	"Preposlaná správa", "Pôvodná správa",
	"Yönlendirilmiş ileti", "Yönlendirilen ileti", "Yönlendirilmiş mesaj", "İletilmiş mesaj", "Orijinal Mesaj", "Özgün İleti", "Yönlendirilen iletinin başlangıcı",
	"Пересылаемое сообщение", "Пересланное сообщение", "Пересылаемое письмо", "Начало переадресованного сообщения", "Исходное сообщение", "Перенаправленное сообщение",
	"Переслане повідомлення", "Початок листа, що пересилається", "Оригінальне повідомлення",
	"転送されたメッセージ", "転送メッセージ", "転送メール", "元のメッセージ", "オリジナルメッセージ",
	"转发的邮件", "转发邮件信息", "转发的消息", "原始邮件", "转发邮件", "已转发邮件", "轉寄的郵件", "轉寄郵件", "轉寄訊息", "原始郵件", "原始訊息", "已轉寄郵件",
	"전달된 메일", "전달된 메시지", "원본 메시지", "원본 메일",
	"Továbbított üzenet", "Továbbított levél", "Eredeti üzenet", "Mesaj redirecționat", "Mesaj original",
	"Προωθημένο μήνυμα", "Αρχικό μήνυμα", "Proslijeđena poruka", "Izvorna poruka", "Missatge reenviat", "Missatge original",
	"הודעה שהועברה", "الرسالة المعاد توجيهها", "رسالة معاد توجيهها",
}

// prefixes stand before the subject of a forwarded mail.
//
//nolint:gochecknoglobals // a constant table
var prefixes = []string{
	"Fwd", "Fw", "Forward", "TR", "Tr", "WG", "RV", "ENC", "Enc", "I", "Doorst", "VS", "VB", "VL", "FS", "PD", "İLT", "Ilt", "İlet", "YNT",
	"Пересл", "FW", "ПРС", "Пер", "転送", "转发", "轉寄", "轉发", "전달", "Továbbítás", "Redir", "ΠΡΘ", "Προώθ", "הועבר", "Reenv", "Rvd", "Transf", "Přeposlat", "PREP",
}

// replies stand before the subject of an answer; they say nothing here, and
// are passed over.
//
//nolint:gochecknoglobals // a constant table
var replies = []string{"Re", "RE", "AW", "SV", "Antw", "Odp", "R", "RIF", "Res", "回复", "回覆", "답장", "Отв", "Vá"}

// attribution is how clients introduce a quoted mail in one sentence:
// "On <date>, <name> wrote:".
type attribution struct{ code, start, end string }

//nolint:gochecknoglobals // a constant table
var attributions = []attribution{
	{"en", "On ", "wrote"}, {"fr", "Le ", "a écrit"}, {"de", "Am ", "schrieb"}, {"de", "Von ", "geschrieben"}, {"es", "El ", "escribió"},
	{"pt", "Em ", "escreveu"}, {"pt", "A ", "escreveu"}, {"it", "Il ", "ha scritto"}, {"nl", "Op ", "schreef"}, {"nl", "Op ", "het volgende geschreven"},
	{"sv", "Den ", "skrev"}, {"da", "Den ", "skrev"}, {"nb", "Den ", "skrev"}, {"pl", "W dniu ", "napisał"}, {"pl", "Dnia ", "napisał"},
	{"pl", "", "napisał(a)"}, {"fi", "", "kirjoitti"}, {"cs", "Dne ", "napsal"}, {"cs", "", "napsal(a)"}, {"tr", "", "yazdı"}, {"tr", "", "şunu yazdı"},
	{"ru", "", "написал"}, {"ru", "", "пишет"}, {"uk", "", "пише"}, {"ja", "", "のメール"}, {"ja", "", "書きました"}, {"zh", "", "写道"}, {"zh", "", "寫道"},
	{"ko", "", "작성"}, {"hu", "", "írta"}, {"ro", "În ", "a scris"}, {"el", "Στις ", "έγραψε"},
}
