#include "gui/panels/unit_view.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/sentence.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <map>
#include <utility>
#include <nlohmann/json.hpp>

namespace tocsin::gui {
namespace {

constexpr std::size_t mostAsked = 60;
constexpr std::size_t mostChat = 8;
constexpr int longestLine = 400; ///< characters; the desk takes no more

QString textIn(const nlohmann::json& data, const char* key) {
    const auto message = data.find("message");
    if (message == data.end() || !message->is_object())
        return {};
    const auto text = message->find(key);
    return text != message->end() && text->is_string() ? Words::plain(text->get_ref<const std::string&>()) : QString();
}

} // namespace

UnitView::UnitView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_title(new TitleBlock(ui.theme, this)), m_facts(new FactGrid(ui.theme, this)),
      m_onMap(new QPushButton(this)), m_carriesTitle(sectionLabel(ui.theme, this)), m_carries(new QComboBox(this)),
      m_goToResource(new QPushButton(this)), m_trouble(textLabel(ui.theme, this)),
      m_chatTitle(sectionLabel(ui.theme, this)), m_chat(new TimeLine(ui.theme, this)), m_line(new QLineEdit(this)),
      m_write(new QPushButton(this)), m_refused(textLabel(ui.theme, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addSpacing(4);
    column->addWidget(m_facts);
    auto* look = new QHBoxLayout;
    look->addWidget(m_onMap);
    look->addStretch();
    column->addLayout(look);
    column->addSpacing(4);
    column->addWidget(m_carriesTitle);
    column->addWidget(m_carries);
    auto* go = new QHBoxLayout;
    go->addWidget(m_goToResource);
    go->addStretch();
    column->addLayout(go);
    column->addWidget(m_trouble);
    column->addWidget(m_chatTitle);
    column->addWidget(m_chat);
    auto* answer = new QHBoxLayout;
    answer->addWidget(m_line, 1);
    answer->addWidget(m_write);
    column->addLayout(answer);
    column->addWidget(m_refused);
    column->addStretch();
    m_carries->setObjectName(QStringLiteral("unitResourceChooser"));
    m_carries->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_carries->setMinimumContentsLength(12);
    m_onMap->setObjectName(QStringLiteral("showUnitButton"));
    m_goToResource->setObjectName(QStringLiteral("unitResourceButton"));
    m_goToResource->setProperty("kind", QStringLiteral("quiet"));
    m_trouble->setProperty("role", QStringLiteral("error"));
    m_trouble->hide();
    m_line->setObjectName(QStringLiteral("unitLine"));
    m_line->setMaxLength(longestLine);
    m_write->setObjectName(QStringLiteral("unitWriteButton"));
    m_refused->setObjectName(QStringLiteral("unitWriteRefused"));
    m_refused->setProperty("role", QStringLiteral("error"));
    m_refused->hide();
    connect(m_line, &QLineEdit::returnPressed, this, &UnitView::write);
    connect(m_line, &QLineEdit::textChanged, this, &UnitView::lineState);
    connect(m_write, &QPushButton::clicked, this, &UnitView::write);
    connect(m_carries, qOverload<int>(&QComboBox::activated), this, &UnitView::bind);
    connect(m_onMap, &QPushButton::clicked, this, [this] {
        const auto& all = m_ui.desk.unitsNow();
        if (const auto now = all.find(m_unit); now != all.end())
            m_ui.selection.show(now->second.newest.position);
    });
    connect(m_goToResource, &QPushButton::clicked, this, [this] {
        if (const model::Unit* u = unit(); u && u->resource)
            m_ui.selection.select(*u->resource);
    });
}

const model::Unit* UnitView::unit() const {
    const auto& all = m_ui.desk.state().units;
    const auto it = all.find(m_unit);
    return it == all.end() ? nullptr : &it->second;
}

void UnitView::show(const Selected& what) {
    const auto* id = std::get_if<model::UnitId>(&what);
    const auto before = std::exchange(m_unit, id ? *id : model::UnitId());
    m_trouble->hide();
    m_refused->hide();
    if (before != m_unit)
        m_line->clear(); // what was meant for another
    m_messages.clear();
    words();
    askForChat();
}

void UnitView::take(const Changes& changes) {
    if (changes.all || changes.units.contains(m_unit) || !changes.resources.empty())
        words();
    else if (changes.positions.contains(m_unit))
        facts();
    bool wrote = false;
    for (const model::Entry& entry : m_ui.desk.newEntries(changes))
        if (entry.type.starts_with("chat.") && entry.subject == m_unit.value) {
            m_messages.insert(m_messages.begin(), entry);
            wrote = true;
        }
    if (wrote)
        showChat();
}

void UnitView::tick() {
    facts();
}

void UnitView::words() {
    if (!unit())
        return;
    m_onMap->setText(tr("Show on the map"));
    m_carriesTitle->setText(tr("Carries"));
    m_carries->setAccessibleName(tr("The resource that this unit carries"));
    m_goToResource->setText(tr("Go to the resource"));
    m_chatTitle->setText(tr("Messages"));
    m_line->setAccessibleName(tr("A message to this unit"));
    m_line->setToolTip(tr("It goes over the phone's connection (TCP, TLS or a TAK server). A phone that is heard only by datagrams (UDP) is sent nothing: call it by voice."));
    m_write->setText(tr("Send"));
    m_write->setAccessibleName(tr("Send the message to this unit"));
    lineState();
    facts();
    fillResources();
    showChat();
}

void UnitView::facts() {
    const model::Unit* u = unit();
    if (!u)
        return;
    const Palette& c = m_ui.theme.colours();
    const auto& all = m_ui.desk.unitsNow();
    const auto found = all.find(m_unit);
    const model::UnitPosition* at = found == all.end() ? nullptr : &found->second.newest;
    const base::Time now = m_ui.desk.now();
    const bool old = at == nullptr || at->stale <= now;
    QString second = Words::plain(u->type);
    if (u->emergency)
        second = tr("Calls for help");
    else if (old)
        second = tr("Not heard for long");
    m_title->set(Words::plain(u->callSign.empty() ? u->id.value : u->callSign), second,
                 [line = u->emergency ? m_ui.theme.grade(model::Grade::I) : (old ? c.faint : c.accent), ink = c.text,
                  old](QPainter& p, const QRectF& box) {
                     QPen ring(line, old ? 1.6 : 2.4);
                     if (old)
                         ring.setDashPattern({1.8, 1.8});
                     p.setPen(ring);
                     p.setBrush(Qt::NoBrush);
                     p.drawEllipse(box.adjusted(2, 2, -2, -2));
                     Symbols::paintGlyph(p, box.adjusted(7, 7, -7, -7), QStringLiteral("locate"), ink);
                 });
    QString speed;
    QString course;
    QString accuracy;
    QString height;
    if (at && at->speed)
        speed = tr("%1 km/h").arg(Words::number(*at->speed * 3.6, 0));
    if (at && at->course)
        course = tr("%1°").arg(Words::number(*at->course, 0));
    if (at && at->accuracyMetres)
        accuracy = tr("± %1 m").arg(Words::number(*at->accuracyMetres, 0));
    if (at && at->altitudeMetres)
        height = tr("%1 m").arg(Words::number(*at->altitudeMetres, 0));
    m_facts->set({{tr("Team"), Words::plain(u->team)},
                  {tr("Role"), Words::plain(u->role)},
                  {tr("Type"), Words::plain(u->type)},
                  {tr("Feed"), Words::plain(u->feed)},
                  {tr("Speed"), speed},
                  {tr("Course"), course},
                  {tr("Accuracy"), accuracy},
                  {tr("Height"), height},
                  {tr("Position told"),
                   at ? Words::ago(now - std::min(at->time, at->received)) : tr("never yet")},
                  {tr("Position"), at ? Words::position(at->position) : QString(), true},
                  {tr("Id"), Words::plain(u->id.value), true}});
    m_onMap->setEnabled(at != nullptr);
}

void UnitView::fillResources() {
    const model::Unit* u = unit();
    if (!u)
        return;
    m_filling = true;
    struct Choice {
        QString text;
        model::ResourceId id;
    };
    std::vector<Choice> choices;
    for (const auto& [id, r] : m_ui.desk.state().resources) {
        if (r.kind != model::ResourceKind::team && r.kind != model::ResourceKind::vehicle &&
            r.kind != model::ResourceKind::mobileFacility && r.kind != model::ResourceKind::expert && u->resource != id)
            continue; // what stands still carries no phone
        QString text = Words::local(r.name, m_ui.language);
        if (!r.callSign.empty())
            text = Words::plain(r.callSign) + QStringLiteral(" · ") + text;
        choices.push_back({text, id});
    }
    std::sort(choices.begin(), choices.end(),
              [](const Choice& a, const Choice& b) { return QString::localeAwareCompare(a.text, b.text) < 0; });
    m_carries->clear();
    m_carries->addItem(tr("No resource"), QString());
    int current = 0;
    for (const Choice& choice : choices) {
        m_carries->addItem(choice.text, QString::fromStdString(choice.id.toString()));
        if (u->resource == choice.id)
            current = m_carries->count() - 1;
    }
    m_carries->setCurrentIndex(current);
    m_carries->setEnabled(!m_ui.desk.readOnly());
    m_goToResource->setVisible(u->resource.has_value());
    m_filling = false;
}

void UnitView::bind() {
    const model::Unit* u = unit();
    if (m_filling || !u)
        return;
    const QString chosen = m_carries->currentData().toString();
    desk::BindUnit command{m_unit, std::nullopt};
    if (!chosen.isEmpty())
        command.resource = model::ResourceId::parse(chosen.toStdString());
    if (command.resource == u->resource)
        return;
    m_trouble->hide();
    m_ui.desk.send(command, this, [this](const base::Result<desk::Done>& done) {
        if (!done) {
            m_trouble->setText(tr("The unit could not be bound: %1").arg(Words::sentence(done.error().message)));
            m_trouble->show();
        }
        fillResources();
    });
}

void UnitView::askForChat() {
    if (m_unit.value.empty())
        return;
    m_ui.desk.entriesAbout(QString::fromStdString(m_unit.value), mostAsked, this,
                           [this, of = m_unit](const std::vector<model::Entry>& entries) {
                               if (of != m_unit)
                                   return;
                               m_messages.clear();
                               for (const model::Entry& entry : entries)
                                   if (entry.type.starts_with("chat."))
                                       m_messages.push_back(entry);
                               showChat();
                           });
}

void UnitView::lineState() {
    const model::Unit* u = unit();
    const bool reads = u != nullptr && !u->callSign.empty() && u->type.starts_with("a-");
    m_line->setPlaceholderText(reads ? tr("Write to it") : tr("It only tells where it is"));
    m_line->setEnabled(reads && !m_ui.desk.readOnly());
    m_write->setEnabled(m_line->isEnabled() && !m_line->text().trimmed().isEmpty());
}

void UnitView::write() {
    const QString text = m_line->text().trimmed();
    if (text.isEmpty() || !m_write->isEnabled())
        return;
    m_refused->hide();
    m_write->setEnabled(false);
    m_ui.desk.send(desk::WriteToUnit{m_unit, text.toStdString()}, this, [this, to = m_unit](const base::Result<desk::Done>& done) {
        if (to != m_unit)
            return;
        if (done) {
            m_line->clear();
        } else {
            m_refused->setText(tr("It was not sent: %1").arg(Words::refusal(done.error())));
            m_refused->show();
        }
        lineState();
    });
}

void UnitView::showChat() {
    QVector<TimeLine::Moment> moments;
    std::map<QString, bool> handed; // of what was written to it, as far as it is known
    for (const model::Entry& entry : m_messages) {
        if (entry.type == "chat.handed" || entry.type == "chat.missed")
            handed[textField(entry.data, "message")] = entry.type == "chat.handed";
    }
    for (const model::Entry& entry : m_messages) {
        if (static_cast<std::size_t>(moments.size()) >= mostChat)
            break;
        if (entry.type == "chat.received") {
            moments.push_back({Words::clock(entry.time), textIn(entry.data, "text"), textIn(entry.data, "room")});
        } else if (entry.type == "chat.sent") {
            const auto known = handed.find(textIn(entry.data, "sourceId"));
            const QString by = Words::plain(entry.actor);
            const QString what = known == handed.end() ? tr("%1: under way", "who wrote it").arg(by)
                                 : known->second       ? tr("%1: handed to its phone", "who wrote it").arg(by)
                                                       : tr("%1: not handed over, call by voice", "who wrote it").arg(by);
            moments.push_back({Words::clock(entry.time), tr("To it: %1").arg(textIn(entry.data, "text")) + QStringLiteral(" · ") + what, {}});
        }
    }
    m_chatTitle->setVisible(!moments.isEmpty());
    m_chat->setVisible(!moments.isEmpty());
    m_chat->set(moments);
}

} // namespace tocsin::gui
