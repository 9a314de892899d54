#include "gui/feeds/feed_form.hpp"

#include "gui/feeds/form_label.hpp"
#include "gui/feeds/sample_pane.hpp"
#include "tocsin/base/toml_text.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>
#include <QToolButton>
#include <algorithm>
#include <optional>

namespace tocsin::gui {

using ingest::FeedConfig;
using ingest::Transport;

namespace {

QString toml(const std::string& text) {
    return QString::fromStdString(base::tomlQuoted(text));
}

/// "mASD = m, = mm" as a table of texts, and back.
QString unitsText(const std::map<std::string, std::string>& units) {
    QStringList out;
    for (const auto& [from, to] : units)
        out << QString::fromStdString(from + (from.empty() ? "= " : " = ") + to);
    return out.join(QStringLiteral(", "));
}
std::map<std::string, std::string> unitsFrom(const QString& text) {
    std::map<std::string, std::string> out;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const auto at = part.lastIndexOf(QLatin1Char('='));
        if (at >= 0)
            out[part.left(at).trimmed().toStdString()] = part.mid(at + 1).trimmed().toStdString();
    }
    return out;
}

std::vector<std::string> listFrom(const QString& text) {
    std::vector<std::string> out;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        out.push_back(part.trimmed().toStdString());
    return out;
}
QString listText(const std::vector<std::string>& items) {
    QStringList out;
    for (const auto& item : items)
        out << QString::fromStdString(item);
    return out.join(QStringLiteral(", "));
}

/// "X-Key: 1", a line each, and back.
QString headersText(const std::map<std::string, std::string>& headers) {
    QStringList out;
    for (const auto& [name, value] : headers)
        out << QString::fromStdString(name + ": " + value);
    return out.join(QLatin1Char('\n'));
}
/// Nothing: a line that is no header.
std::optional<std::map<std::string, std::string>> headersFrom(const QString& text) {
    std::map<std::string, std::string> out;
    for (const QString& line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.trimmed().isEmpty())
            continue;
        const auto at = line.indexOf(QLatin1Char(':'));
        const QString name = line.left(at).trimmed();
        if (at < 0 || name.isEmpty())
            return std::nullopt;
        out[name.toStdString()] = line.mid(at + 1).trimmed().toStdString();
    }
    return out;
}

/// The value of a key in a feed's own text: so that a time is shown as it is written there.
QString valueIn(const FeedConfig& feed, const char* key) {
    const QString text = QString::fromStdString(toToml(feed));
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String(key) + QLatin1String(" = ")))
            return line.section(QLatin1Char('"'), 1, 1);
    }
    return {};
}

/// What stands in a feed's text from its mapping on.
QString mappingText(const FeedConfig& feed) {
    const QString text = QString::fromStdString(toToml(feed));
    const auto at = text.indexOf(QLatin1String("[feed.mapping]\n"));
    return at < 0 ? QString() : text.mid(at);
}

} // namespace

FeedForm::FeedForm(const UiContext& ui, FeedsDesk& feeds, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_feeds(feeds), m_fields(new QFormLayout), m_trustHint(new FormLabel(this)),
      m_more(new QToolButton(this)), m_error(new QLabel(this)),
      m_save(new QPushButton(this)), m_remove(new QPushButton(this)) {
    makeFields();
    auto* inside = new QWidget;
    m_fields->setContentsMargins(16, 12, 12, 12);
    m_fields->setHorizontalSpacing(12);
    m_fields->setVerticalSpacing(6);
    m_fields->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    inside->setLayout(m_fields);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    inside->setAutoFillBackground(false);

    m_error->setObjectName(QStringLiteral("feedError"));
    m_error->setProperty("role", QStringLiteral("error"));
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_save->setObjectName(QStringLiteral("saveFeed"));
    m_save->setProperty("kind", QStringLiteral("primary"));
    m_remove->setObjectName(QStringLiteral("removeFeed"));
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 12);
    column->setSpacing(6);
    column->addWidget(scroll, 1);
    auto* errors = new QHBoxLayout;
    errors->setContentsMargins(16, 0, 12, 0);
    errors->addWidget(m_error);
    column->addLayout(errors);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(16, 0, 12, 0);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    buttons->addWidget(m_save);
    column->addLayout(buttons);
    m_pane = new SamplePane(m_ui, m_feeds, [this] { return read(); }, this);
    connect(m_pane, &SamplePane::refused, m_error, &QLabel::setText);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(left);
    split->addWidget(m_pane);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(split);

    connect(m_save, &QPushButton::clicked, this, [this] { save(false); });
    connect(m_remove, &QPushButton::clicked, this, &FeedForm::askRemove);
    retranslate();
    editNew();
}

void FeedForm::edit(const FeedConfig& feed) {
    m_was = QString::fromStdString(feed.name);
    m_base = feed;
    show(feed);
}

void FeedForm::editNew() {
    m_was.clear();
    m_base = {};
    show({});
}

void FeedForm::show(const FeedConfig& feed) {
    m_showing = true;
    m_pane->leave();
    const auto choose = [](QComboBox* box, int value) { box->setCurrentIndex(std::max(0, box->findData(value))); };
    m_name->setText(QString::fromStdString(feed.name));
    m_enabled->setChecked(feed.enabled);
    choose(m_transport, static_cast<int>(feed.transport));
    m_address->setText(QString::fromStdString(feed.address));
    choose(m_format, static_cast<int>(feed.format));
    const auto every = valueIn(feed, "every");
    m_every->setText(every.isEmpty() ? QStringLiteral("5min") : every);
    m_topics->setText(listText(feed.topics));
    choose(m_qos, feed.qos);
    choose(m_version, feed.mqttVersion);
    m_user->setText(QString::fromStdString(feed.user));
    m_password->setText(QString::fromStdString(feed.password));
    m_token->setText(QString::fromStdString(feed.token));
    m_secret->setText(QString::fromStdString(feed.secret));
    m_ca->setText(QString::fromStdString(feed.tls.ca));
    m_certificate->setText(QString::fromStdString(feed.tls.certificate));
    m_key->setText(QString::fromStdString(feed.tls.key));
    choose(m_datum, static_cast<int>(feed.datum));
    m_zone->setText(QString::fromStdString(feed.timeZone));
    m_units->setText(unitsText(feed.units));
    m_prefix->setText(QString::fromStdString(feed.sensorPrefix));
    m_adopt->setChecked(feed.adoptSensors);
    m_correct->setChecked(feed.takeCorrections);
    choose(m_trust, static_cast<int>(feed.trust));
    m_silent->setText(valueIn(feed, "silent_after"));
    m_signers->setText(listText(feed.signers));
    choose(m_invalid, static_cast<int>(feed.signatureRules.invalid));
    choose(m_unknown, static_cast<int>(feed.signatureRules.unknownSigner));
    choose(m_unsigned, static_cast<int>(feed.signatureRules.notSigned));
    choose(m_severity, static_cast<int>(feed.silenceSeverity));
    m_headers->setPlainText(headersText(feed.headers));
    m_follow->setChecked(feed.followLinks);
    m_clientId->setText(QString::fromStdString(feed.clientId));
    m_verify->setChecked(feed.tls.verify);
    m_relay->setChecked(feed.relay);
    // What differs from the usual is not hidden.
    const FeedConfig plain;
    if (!feed.headers.empty() || feed.followLinks != plain.followLinks || !feed.clientId.empty() ||
        feed.tls.verify != plain.tls.verify || feed.relay != plain.relay)
        m_more->setChecked(true);
    m_mapping->setPlainText(mappingText(feed));
    m_error->clear();
    m_showing = false;
    m_dirty = false;
    adapt();
    m_pane->refresh();
}

void FeedForm::adapt() {
    const auto transport = static_cast<Transport>(m_transport->currentData().toInt());
    bool more = false;
    for (const auto& one : m_rows) {
        const bool has = !one.wanted || one.wanted(transport);
        more = more || (has && one.advanced);
        const bool wanted = has && (!one.advanced || m_more->isChecked());
        one.field->setVisible(wanted);
        one.label->setVisible(wanted);
    }
    m_more->setVisible(more);
    m_more->setArrowType(m_more->isChecked() ? Qt::DownArrow : Qt::RightArrow);
    m_address->setPlaceholderText(FeedWords::addressHint(transport));
    m_pane->setTransport(transport);
    m_remove->setVisible(!m_was.isEmpty());
    const QString name = m_name->text().trimmed();
    m_save->setText(name.isEmpty() ? tr("Save the feed") : tr("Save “%1”").arg(Words::shortened(name, 30)));
    m_save->setEnabled(m_dirty && !m_ui.desk.readOnly());
}

void FeedForm::changed() {
    if (m_showing)
        return;
    m_dirty = true;
    m_error->clear();
    adapt();
    m_pane->refresh();
}

base::Result<FeedConfig> FeedForm::read() const {
    // Times and the mapping are read as config.toml's text would be: one reader, one kind of fault.
    QString text = QStringLiteral("[[feed]]\nname = \"x\"\ntransport = \"poll\"\n");
    if (!m_every->text().trimmed().isEmpty())
        text += QStringLiteral("every = ") + toml(m_every->text().trimmed().toStdString()) + QLatin1Char('\n');
    if (!m_silent->text().trimmed().isEmpty())
        text += QStringLiteral("silent_after = ") + toml(m_silent->text().trimmed().toStdString()) + QLatin1Char('\n');
    text += m_mapping->toPlainText();
    const auto part = ingest::parseFeeds(text.toStdString());
    if (!part)
        return tl::unexpected(part.error());
    FeedConfig feed = m_base;
    if (!part->empty()) {
        feed.every = part->front().every;
        feed.silentAfter = part->front().silentAfter;
        feed.mapping = part->front().mapping;
    }
    feed.name = m_name->text().trimmed().toStdString();
    feed.enabled = m_enabled->isChecked();
    feed.transport = static_cast<Transport>(m_transport->currentData().toInt());
    feed.address = m_address->text().trimmed().toStdString();
    feed.format = static_cast<ingest::Format>(m_format->currentData().toInt());
    feed.topics = listFrom(m_topics->text());
    feed.qos = m_qos->currentData().toInt();
    feed.mqttVersion = m_version->currentData().toInt();
    feed.user = m_user->text().toStdString();
    feed.password = m_password->text().toStdString();
    feed.token = m_token->text().toStdString();
    feed.secret = m_secret->text().toStdString();
    feed.tls.ca = m_ca->text().trimmed().toStdString();
    feed.tls.certificate = m_certificate->text().trimmed().toStdString();
    feed.tls.key = m_key->text().trimmed().toStdString();
    feed.datum = static_cast<model::Datum>(m_datum->currentData().toInt());
    feed.timeZone = m_zone->text().trimmed().toStdString();
    feed.units = unitsFrom(m_units->text());
    feed.sensorPrefix = m_prefix->text().trimmed().toStdString();
    feed.adoptSensors = m_adopt->isChecked();
    feed.takeCorrections = m_correct->isChecked();
    feed.trust = static_cast<model::Trust>(m_trust->currentData().toInt());
    feed.signers = listFrom(m_signers->text());
    feed.signatureRules = {static_cast<ingest::SignatureAct>(m_invalid->currentData().toInt()),
                           static_cast<ingest::SignatureAct>(m_unknown->currentData().toInt()),
                           static_cast<ingest::SignatureAct>(m_unsigned->currentData().toInt())};
    feed.silenceSeverity = static_cast<model::Grade>(m_severity->currentData().toInt());
    const auto headers = headersFrom(m_headers->toPlainText());
    if (!headers)
        return base::fail(base::Code::malformed, tr("A header is written as “Name: value”, one in a line.").toStdString());
    feed.headers = *headers;
    feed.followLinks = m_follow->isChecked();
    feed.clientId = m_clientId->text().trimmed().toStdString();
    feed.tls.verify = m_verify->isChecked();
    feed.relay = m_relay->isChecked();
    return feed;
}

void FeedForm::askRemove() {
    auto* ask = new QMessageBox(QMessageBox::Question, window()->windowTitle(),
                                tr("Remove the feed “%1”? Nothing more is taken from it, and its settings are gone, its passwords and keys "
                                   "with them. What it brought stays.")
                                    .arg(m_was),
                                QMessageBox::NoButton, this);
    ask->setObjectName(QStringLiteral("feedRemoveAsk"));
    ask->setTextFormat(Qt::PlainText);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    auto* remove = ask->addButton(tr("Remove the feed"), QMessageBox::DestructiveRole);
    auto* leave = ask->addButton(tr("Leave it"), QMessageBox::RejectRole);
    ask->setDefaultButton(leave);
    ask->setEscapeButton(leave);
    connect(remove, &QPushButton::clicked, this, [this, asked = m_was] {
        if (asked == m_was) // and no other, should the form show one by now
            save(true);
    });
    ask->open();
}

void FeedForm::save(bool remove) {
    auto all = m_feeds.configs();
    const std::string was = m_was.toStdString();
    const auto known = std::find_if(all.begin(), all.end(), [&](const auto& f) { return f.name == was; });
    QString name;
    if (remove) {
        if (known != all.end())
            all.erase(known);
    } else {
        auto feed = read();
        if (!feed) {
            m_error->setText(Words::sentence(feed.error().message));
            return;
        }
        if (auto ok = ingest::check(*feed); !ok) {
            m_error->setText(Words::sentence(ok.error().message));
            return;
        }
        name = QString::fromStdString(feed->name);
        const bool taken = feed->name != was &&
                           std::any_of(all.begin(), all.end(), [&](const auto& f) { return f.name == feed->name; });
        if (taken) {
            m_error->setText(tr("Another feed is called so already."));
            return;
        }
        if (known != all.end())
            *known = std::move(*feed);
        else
            all.push_back(std::move(*feed));
    }
    m_save->setEnabled(false);
    m_feeds.save(std::move(all), this, [this, name](base::Result<void> done) {
        if (!done) {
            m_error->setText(Words::sentence(done.error().message));
            m_save->setEnabled(true);
            return;
        }
        m_dirty = false;
        emit saved(name);
    });
}

} // namespace tocsin::gui
