#include "gui/feeds/feed_form.hpp"

#include "gui/feeds/form_label.hpp"
#include "gui/feeds/sample_pane.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>
#include <array>

// The form's fields and their words.

namespace tocsin::gui {

using ingest::Transport;

namespace {

constexpr std::array transports{Transport::poll,    Transport::mqtt,       Transport::httpPush, Transport::folder,
                                Transport::tcpLines, Transport::udpLines,   Transport::cotTcp,   Transport::cotConnect,
                                Transport::cotUdp,  Transport::nmeaTcp,    Transport::nmeaUdp};

} // namespace

template <typename Field>
Field* FeedForm::row(Field* field, std::function<QString()> text, std::function<bool(Transport)> wanted) {
    auto* label = new QLabel;
    label->setBuddy(field);
    label->setProperty("role", QStringLiteral("dim"));
    m_fields->addRow(label, field);
    m_rows.append({field, label, std::move(text), std::move(wanted), false});
    return field;
}

/// The row that was made last stands under "Advanced".
template <typename Field>
Field* FeedForm::advanced(Field* field) {
    m_rows.last().advanced = true;
    return field;
}

void FeedForm::makeFields() {
    const auto line = [this](const char* name) {
        auto* made = new QLineEdit;
        made->setObjectName(QString::fromLatin1(name));
        connect(made, &QLineEdit::textEdited, this, &FeedForm::changed);
        return made;
    };
    const auto choice = [this](const char* name) {
        auto* made = new QComboBox;
        made->setObjectName(QString::fromLatin1(name));
        made->setMaxVisibleItems(16);
        connect(made, &QComboBox::activated, this, &FeedForm::changed);
        return made;
    };
    const auto check = [this](const char* name) {
        auto* made = new QCheckBox;
        made->setObjectName(QString::fromLatin1(name));
        connect(made, &QCheckBox::clicked, this, &FeedForm::changed);
        return made;
    };
    const auto isMqtt = [](Transport t) { return t == Transport::mqtt; };
    const auto isPoll = [](Transport t) { return t == Transport::poll; };
    const auto isPush = [](Transport t) { return t == Transport::httpPush; };
    const auto hasUser = [](Transport t) { return t == Transport::mqtt || t == Transport::poll; };
    const auto hasToken = [](Transport t) { return t == Transport::httpPush || t == Transport::poll; };
    const auto hasTls = [](Transport t) {
        return t == Transport::mqtt || t == Transport::poll || t == Transport::cotTcp || t == Transport::cotConnect;
    };
    const auto hasOwnTls = [](Transport t) { return t == Transport::mqtt || t == Transport::cotTcp || t == Transport::cotConnect; };
    const auto hasPeer = [](Transport t) { return t == Transport::mqtt || t == Transport::poll || t == Transport::cotConnect; };
    const auto anyFormat = [](Transport t) {
        return t != Transport::cotTcp && t != Transport::cotConnect && t != Transport::cotUdp &&
               t != Transport::nmeaTcp && t != Transport::nmeaUdp;
    };
    m_name = row(line("feedName"), [] { return tr("Name"); });
    m_enabled = row(check("feedEnabled"), [] { return tr("In use"); });
    m_transport = row(choice("feedTransport"), [] { return tr("Comes by"); });
    m_address = row(line("feedAddress"), [] { return tr("Address"); });
    m_oneWay = row(new FormLabel(this), [] { return QString(); }, [](Transport t) { return t == Transport::cotUdp; });
    m_oneWay->setObjectName(QStringLiteral("feedOneWay"));
    m_oneWay->setProperty("role", QStringLiteral("dim"));
    m_every = row(line("feedEvery"), [] { return tr("Asked every"); }, isPoll);
    m_topics = row(line("feedTopics"), [] { return tr("Topics"); }, isMqtt);
    m_qos = row(choice("feedQos"), [] { return tr("Quality of service"); }, isMqtt);
    m_version = row(choice("feedVersion"), [] { return tr("MQTT version"); }, isMqtt);
    m_format = row(choice("feedFormat"), [] { return tr("Format"); }, anyFormat);
    m_silent = row(line("feedSilent"), [] { return tr("Silence is an alarm after"); });
    m_severity = row(choice("feedSilenceSeverity"), [] { return tr("It is then as grave as"); });
    m_trust = row(choice("feedTrust"), [] { return tr("Trust"); });
    m_trustHint->setProperty("role", QStringLiteral("dim"));
    m_fields->addRow(QString(), m_trustHint);
    m_datum = row(choice("feedDatum"), [] { return tr("Datum"); });
    m_zone = row(line("feedZone"), [] { return tr("Time zone"); });
    m_units = row(line("feedUnits"), [] { return tr("Units"); }, anyFormat);
    m_prefix = row(line("feedPrefix"), [] { return tr("Before sensors' names"); }, anyFormat);
    m_adopt = row(check("feedAdopt"), [] { return tr("New sensors"); }, anyFormat);
    m_correct = row(check("feedCorrect"), [] { return tr("Other values"); }, anyFormat);
    m_user = row(line("feedUser"), [] { return tr("User"); }, hasUser);
    m_password = row(line("feedPassword"), [] { return tr("Password"); }, hasUser);
    m_token = row(line("feedToken"), [] { return tr("Token"); }, hasToken);
    m_secret = row(line("feedSecret"), [] { return tr("Shared secret"); }, isPush);
    m_ca = row(line("feedCa"), [] { return tr("Authority (PEM)"); }, hasTls);
    m_certificate = row(line("feedCertificate"), [] { return tr("Own certificate (PEM)"); }, hasOwnTls);
    m_key = row(line("feedKey"), [] { return tr("Its key (PEM)"); }, hasOwnTls);
    m_signers = row(line("feedSigners"), [] { return tr("Signers (PEM)"); }, anyFormat);
    m_invalid = row(choice("feedInvalid"), [] { return tr("Signature not valid"); }, anyFormat);
    m_unknown = row(choice("feedUnknownSigner"), [] { return tr("Signer unknown"); }, anyFormat);
    m_unsigned = row(choice("feedUnsigned"), [] { return tr("Not signed"); }, anyFormat);
    const auto isCotServer = [](Transport t) { return t == Transport::cotTcp; };
    m_mapping = row(new QPlainTextEdit, [] { return tr("Mapping"); }, anyFormat);
    m_mapping->setObjectName(QStringLiteral("feedMapping"));
    m_mapping->setFixedHeight(110);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(12);
    m_mapping->setFont(fixed);
    m_mapping->setTabChangesFocus(true);
    connect(m_mapping, &QPlainTextEdit::textChanged, this, &FeedForm::changed);
    m_more->setObjectName(QStringLiteral("feedMore"));
    m_more->setCheckable(true);
    m_more->setAutoRaise(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fields->addRow(m_more);
    connect(m_more, &QToolButton::toggled, this, &FeedForm::adapt);
    m_headers = advanced(row(new QPlainTextEdit, [] { return tr("Headers"); }, isPoll));
    m_headers->setObjectName(QStringLiteral("feedHeaders"));
    m_headers->setFixedHeight(60);
    m_headers->setFont(fixed);
    m_headers->setTabChangesFocus(true);
    connect(m_headers, &QPlainTextEdit::textChanged, this, &FeedForm::changed);
    m_follow = advanced(row(check("feedFollow"), [] { return tr("Links"); }, isPoll));
    m_clientId = advanced(row(line("feedClientId"), [] { return tr("Client's name"); }, isMqtt));
    m_verify = advanced(row(check("feedVerify"), [] { return tr("Their certificate"); }, hasPeer));
    m_relay = advanced(row(check("feedRelay"), [] { return tr("Between phones"); }, isCotServer));
    m_password->setEchoMode(QLineEdit::Password);
    m_token->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    m_secret->setEchoMode(QLineEdit::PasswordEchoOnEdit);
}

void FeedForm::retranslate() {
    for (const auto& one : m_rows) {
        one.label->setText(one.text());
        one.field->setAccessibleName(one.text());
    }
    const auto refill = [](QComboBox* box, const QStringList& words, const QVariantList& values) {
        const QVariant kept = box->currentData();
        box->clear();
        for (int i = 0; i < words.size(); ++i)
            box->addItem(words[i], values[i]);
        box->setCurrentIndex(std::max(0, box->findData(kept)));
    };
    QStringList words;
    QVariantList values;
    for (const auto transport : transports) {
        words << FeedWords::transport(transport);
        values << static_cast<int>(transport);
    }
    refill(m_transport, words, values);
    words = {FeedWords::format(ingest::Format::unknown)};
    values = {0};
    for (const auto format : ingest::allFormats()) {
        words << FeedWords::format(format);
        values << static_cast<int>(format);
    }
    refill(m_format, words, values);
    refill(m_qos, {tr("0: at most once"), tr("1: at least once"), tr("2: exactly once")}, {0, 1, 2});
    refill(m_version, {QStringLiteral("5"), QStringLiteral("3.1.1")}, {5, 4});
    refill(m_datum, {QStringLiteral("WGS-84 / CGCS2000"), QStringLiteral("GCJ-02"), QStringLiteral("BD-09")}, {0, 1, 2});
    refill(m_trust, {tr("unverified"), tr("known"), tr("official")}, {0, 1, 2});
    m_enabled->setText(tr("take what it brings"));
    m_adopt->setText(tr("register what it describes"));
    m_correct->setText(tr("take the place of stored ones"));
    m_correct->setToolTip(tr("A service that revises its readings: its later value counts, and the duty log keeps both. Else they wait in quarantine for a person."));
    const QStringList acts{tr("take it"), tr("hold it until a person says so"), tr("into quarantine")};
    for (auto* box : {m_invalid, m_unknown, m_unsigned})
        refill(box, acts, {0, 1, 2});
    words.clear();
    values.clear();
    for (const auto grade : {model::Grade::I, model::Grade::II, model::Grade::III, model::Grade::IV}) {
        words << Words::severity(grade);
        values << static_cast<int>(grade);
    }
    refill(m_severity, words, values);
    m_oneWay->setText(tr("By datagrams the desk only hears: it sends nothing, for nobody acknowledges them. A phone that comes only this way is told by voice."));
    m_trustHint->setText(tr("How far what it brings is believed before somebody has judged: it stands beside reports, warnings and "
                            "earthquakes, and a rule may ask for a least trust."));
    m_more->setText(tr("Advanced"));
    m_more->setAccessibleName(tr("Advanced settings"));
    m_headers->setPlaceholderText(QStringLiteral("X-Api-Key: 1234"));
    m_follow->setText(tr("follow those of indexes and pages"));
    m_clientId->setPlaceholderText(tr("made from the county and the feed's name"));
    m_verify->setText(tr("must be one that is trusted"));
    m_relay->setText(tr("what one sends goes to the others"));
    m_secret->setPlaceholderText(tr("of Ushahidi's web hook, which signs with it"));
    m_silent->setPlaceholderText(tr("never; or 30min, 6h, 2d"));
    m_units->setPlaceholderText(QStringLiteral("mASD = m, = mm"));
    m_signers->setPlaceholderText(QStringLiteral("signers/met.pem"));
    m_mapping->setPlaceholderText(QStringLiteral("[feed.mapping]\nsensor = \"{topic:1}\"\ntime = \"/time\"\n"
                                                 "[[feed.mapping.value]]\nvalue = \"/level\"\nunit = \"=m\""));
    m_remove->setText(tr("Remove"));
    m_pane->retranslate();
    adapt();
}

} // namespace tocsin::gui
