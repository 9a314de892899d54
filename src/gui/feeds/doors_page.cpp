#include "gui/feeds/doors_page.hpp"

#include "gui/feeds/form_label.hpp"
#include "gui/rules/rule_words.hpp"
#include "tocsin/gui/contact_right.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/ingest/endpoint.hpp"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace tocsin::gui {

namespace {

// As [listen] of config.toml takes them.
constexpr int fewestConnections = 10;
constexpr int mostConnections = 100'000;

/// Whether other machines can reach what listens there.
bool isBeyondThisMachine(const QString& address) {
    const auto at = ingest::parseEndpoint(address.trimmed().toStdString());
    return at && !at->host.starts_with("127.") && at->host != "localhost" && at->host != "::1";
}

} // namespace

DoorsPage::DoorsPage(const UiContext& ui, FeedsDesk& feeds, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_feeds(feeds), m_hint(new QLabel(this)), m_warning(new FormLabel(this)), m_names(new FormLabel(this)), m_state(new QLabel(this)),
      m_error(new QLabel(this)), m_save(new QPushButton(this)) {
    m_hint->setProperty("role", QStringLiteral("dim"));
    m_warning->setObjectName(QStringLiteral("doorsWarning"));
    m_warning->setProperty("role", QStringLiteral("error"));
    m_names->setObjectName(QStringLiteral("doorsNames"));
    m_names->setTextFormat(Qt::PlainText);
    m_state->setObjectName(QStringLiteral("doorsState"));
    m_state->setProperty("role", QStringLiteral("dim"));
    m_error->setObjectName(QStringLiteral("doorsError"));
    m_error->setProperty("role", QStringLiteral("error"));
    m_error->setTextFormat(Qt::PlainText);
    for (auto* label : {m_hint, m_state, m_error})
        label->setWordWrap(true);
    m_save->setObjectName(QStringLiteral("saveDoors"));
    m_save->setProperty("kind", QStringLiteral("primary"));

    auto* inside = new QWidget;
    inside->setAutoFillBackground(false);
    auto* form = new QFormLayout(inside);
    form->setContentsMargins(16, 8, 16, 8);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    const auto row = [this, form](const char* name, QWidget* made) {
        made->setObjectName(QString::fromLatin1(name));
        auto* label = new QLabel;
        label->setBuddy(made);
        label->setProperty("role", QStringLiteral("dim"));
        form->addRow(label, made);
        m_labels.append(label);
    };
    const auto touched = [this] {
        m_dirty = true;
        m_error->clear();
        adapt();
    };
    const auto line = [&](const char* name) {
        auto* made = new QLineEdit;
        row(name, made);
        m_fields.append(made);
        connect(made, &QLineEdit::textEdited, this, touched);
        return made;
    };
    const auto number = [&](const char* name, int least, int most) {
        auto* made = new QSpinBox;
        made->setRange(least, most);
        made->setGroupSeparatorShown(true);
        made->setKeyboardTracking(false); // 2 and 20 on the way to 2,000 are no wishes
        row(name, made);
        m_numbers.append(made);
        connect(made, &QSpinBox::valueChanged, this, touched);
        connect(made->findChild<QLineEdit*>(), &QLineEdit::textEdited, this, touched);
        return made;
    };
    m_readings = line("doorsReadings");
    m_http = line("doorsHttp");
    m_public = line("doorsPublic");
    m_certificate = line("doorsCertificate");
    m_key = line("doorsKey");
    m_pushKeys = line("doorsPushKeys");
    m_pushKeys->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    m_keys = line("doorsOpen311Keys");
    m_keys->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    m_publish = line("doorsOpen311Publish");
    m_contacts = line("doorsContacts");
    m_connections = number("doorsConnections", fewestConnections, mostConnections);
    m_perAddress = number("doorsPerAddress", 1, mostConnections);
    // Of one address no more than of all together.
    connect(m_connections, &QSpinBox::valueChanged, m_perAddress, &QSpinBox::setMaximum);
    form->addRow(QString(), m_names);
    form->addRow(QString(), m_warning);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 12);
    column->setSpacing(6);
    auto* above = new QHBoxLayout;
    above->setContentsMargins(16, 0, 16, 0);
    above->addWidget(m_hint);
    column->addLayout(above);
    column->addWidget(scroll, 1);
    auto* below = new QHBoxLayout;
    below->setContentsMargins(16, 0, 16, 0);
    auto* words = new QVBoxLayout;
    words->addWidget(m_error);
    words->addWidget(m_state);
    below->addLayout(words, 1);
    below->addWidget(m_save, 0, Qt::AlignBottom);
    column->addLayout(below);

    connect(m_save, &QPushButton::clicked, this, &DoorsPage::save);
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || changes.desk)
            showNames();
    });
    refresh();
    retranslate();
}

void DoorsPage::retranslate() {
    m_hint->setText(tr("Where this desk listens, and who may send and see what. Everything else that it hears comes by the feeds above."));
    const QStringList words{tr("Readings over TCP at"), tr("HTTP door at"), tr("Phones reach it at"), tr("Its certificate (PEM)"),  tr("Its key (PEM)"),
                            tr("Readings and warnings: keys"), tr("Open311: keys of senders"), tr("Open311: shows reports of"), tr("Who may see who reported"),
                            tr("Connections to the HTTP door"), tr("Of them from one address")};
    for (int i = 0; i < words.size(); ++i) {
        m_labels[i]->setText(words[i]);
        m_labels[i]->buddy()->setAccessibleName(words[i]);
    }
    m_connections->setToolTip(tr("At once, 10 to 100,000. Beyond, the one that has been idle longest gives way."));
    m_perAddress->setToolTip(tr("A proxy or a gateway of phones is one address."));
    m_readings->setPlaceholderText(QStringLiteral("127.0.0.1:7701"));
    m_http->setPlaceholderText(QStringLiteral("127.0.0.1:7780"));
    m_public->setPlaceholderText(tr("https://NAME:PORT of a proxy; empty: the HTTP door's own address"));
    m_certificate->setPlaceholderText(tr("a file in the county's folder; empty: no https"));
    m_key->setPlaceholderText(tr("empty: in the certificate's file"));
    m_pushKeys->setPlaceholderText(tr("with commas; empty: only this machine may send them to the HTTP door"));
    m_keys->setPlaceholderText(tr("with commas; empty: everybody may send"));
    m_publish->setPlaceholderText(tr("feeds, with commas; empty: nobody's are shown"));
    m_contacts->setPlaceholderText(tr("names, with commas; empty: everybody at the desk"));
    m_save->setText(tr("Save for the next start"));
    adapt();
}

void DoorsPage::refresh() {
    if (m_dirty)
        return;
    const auto doors = m_feeds.doors();
    m_mayChange = doors.mayChange;
    m_readings->setText(QString::fromStdString(doors.readings));
    m_http->setText(QString::fromStdString(doors.http));
    m_public->setText(QString::fromStdString(doors.publicAddress));
    m_certificate->setText(QString::fromStdString(doors.certificate));
    m_key->setText(QString::fromStdString(doors.key));
    m_pushKeys->setText(RuleWords::list(doors.pushKeys));
    m_keys->setText(RuleWords::list(doors.open311Keys));
    m_publish->setText(RuleWords::list(doors.open311Publish));
    m_contacts->setText(RuleWords::list(doors.contactReaders));
    const QSignalBlocker quiet(m_connections);
    const QSignalBlocker quietToo(m_perAddress);
    m_connections->setValue(doors.connections);
    m_perAddress->setMaximum(m_connections->value());
    m_perAddress->setValue(doors.connectionsPerAddress);
    adapt();
}

/// Who has a right, and is nobody but a typed name.
void DoorsPage::showNames() {
    const auto doors = m_feeds.doors();
    std::vector<std::string> names = doors.contactReaders;
    names.insert(names.end(), doors.leaders.begin(), doors.leaders.end());
    names.push_back(m_ui.desk.state().desk.leader);
    QStringList without;
    QStringList with;
    for (const auto& each : names) {
        const QString name = QString::fromStdString(each);
        auto& list = m_ui.desk.hasPin(name) ? with : without;
        if (!name.isEmpty() && !list.contains(name))
            list << name;
    }
    QStringList lines;
    if (!without.isEmpty())
        lines << tr("⚠ May see contacts or lead, and has no PIN, so that anybody can take the name: %1. Each sets one with Ctrl+K, My PIN.")
                     .arg(without.join(tr(", ", "between names")));
    if (!with.isEmpty())
        lines << tr("Has a PIN: %1.").arg(with.join(tr(", ", "between names")));
    m_names->setText(lines.join(QLatin1Char('\n')));
    m_names->setVisible(!lines.isEmpty());
}

void DoorsPage::adapt() {
    showNames();
    const bool may = m_mayChange && !m_ui.desk.readOnly();
    for (auto* field : m_fields)
        field->setReadOnly(!may);
    for (auto* field : m_numbers) {
        field->setReadOnly(!may);
        field->setButtonSymbols(may ? QSpinBox::UpDownArrows : QSpinBox::NoButtons);
    }
    m_save->setEnabled(m_dirty && may);
    QStringList warnings;
    if (isBeyondThisMachine(m_readings->text()))
        warnings << tr("⚠ Readings over TCP are open to other machines, without encryption and without a key: whoever reaches the address "
                       "can send readings.");
    if (isBeyondThisMachine(m_http->text())) {
        if (m_certificate->text().trimmed().isEmpty())
            warnings << tr("⚠ The HTTP door is open to other machines without a certificate: what is sent there can be read on its way.");
        if (m_pushKeys->text().trimmed().isEmpty())
            warnings << tr("⚠ No keys for readings and warnings: the HTTP door refuses those of other machines (/readings, /messages).");
        if (m_keys->text().trimmed().isEmpty())
            warnings << tr("⚠ Whoever reaches the HTTP door may send Open311 requests: no key is asked for.");
    }
    m_warning->setText(warnings.join(QLatin1Char('\n')));
    m_warning->setVisible(!warnings.isEmpty());
    if (!may)
        m_state->setText(tr("Only shown here: it is changed at the desk itself, not at a seat or where nothing can be written."));
    else if (m_dirty)
        m_state->setText(tr("Not saved yet. It holds from the next start of the desk."));
    else if (m_saved)
        m_state->setText(tr("Saved. It holds from the next start of the desk; until then all stays as it was."));
    else
        m_state->setText(tr("What is changed here holds from the next start of the desk."));
}

FeedsDesk::Doors DoorsPage::read() const {
    FeedsDesk::Doors doors;
    doors.readings = m_readings->text().trimmed().toStdString();
    doors.http = m_http->text().trimmed().toStdString();
    doors.publicAddress = m_public->text().trimmed().toStdString();
    doors.certificate = m_certificate->text().trimmed().toStdString();
    doors.key = m_key->text().trimmed().toStdString();
    doors.pushKeys = RuleWords::listFrom(m_pushKeys->text());
    doors.open311Keys = RuleWords::listFrom(m_keys->text());
    doors.open311Publish = RuleWords::listFrom(m_publish->text());
    doors.contactReaders = RuleWords::listFrom(m_contacts->text());
    doors.connections = m_connections->value();
    doors.connectionsPerAddress = m_perAddress->value();
    return doors;
}

void DoorsPage::save() {
    for (auto* field : m_numbers)
        field->interpretText();
    if (!mayNameReaders(m_ui.desk, m_feeds.doors().contactReaders, read().contactReaders)) {
        m_error->setText(tr("Who may see who reported is changed by one of those who may, once their PIN was given at this window."));
        return;
    }
    m_save->setEnabled(false);
    m_feeds.saveDoors(read(), this, [this](const base::Result<void>& done) {
        if (!done) {
            m_error->setText(Words::sentence(done.error().message));
            adapt();
            return;
        }
        m_dirty = false;
        m_saved = true;
        m_error->clear();
        refresh();
    });
}

} // namespace tocsin::gui
