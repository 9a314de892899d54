#include "gui/dispatch/call_down_page.hpp"
#include "gui/dispatch/call_lists.hpp"
#include "gui/dispatch/dispatch_words.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/model/calling.hpp"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace tocsin::gui {

namespace {
constexpr int usualMinutes = 3;
constexpr int longestMinutes = static_cast<int>(model::longestTurn.value / 60);
constexpr std::size_t mostEarlier = 100;
constexpr int keptRole = Qt::UserRole + 1; ///< a list that the county keeps
} // namespace

std::vector<model::CallDownPerson> peopleFrom(const QString& lines) {
    static const QRegularExpression separator(QString::fromUtf8("[,;\\t，；]"));
    std::vector<model::CallDownPerson> out;
    for (const QString& line : lines.split(QLatin1Char('\n'))) {
        const QStringList parts = line.split(separator);
        const QString name = parts.value(0).trimmed();
        if (!name.isEmpty())
            out.push_back({name.toStdString(), parts.value(1).trimmed().toStdString(),
                           parts.mid(2).join(QStringLiteral(", ")).trimmed().toStdString(), {}, {}, {}});
    }
    return out;
}

QString linesOf(const std::vector<model::CallDownPerson>& people) {
    // What parts the columns of a line would part a name.
    const auto column = [](const std::string& text) {
        static const QRegularExpression separator(QString::fromUtf8("[,;\\t，；\\n]"));
        return Words::plain(text).replace(separator, QStringLiteral(" ")).simplified();
    };
    QStringList out;
    for (const auto& person : people) {
        QStringList parts{column(person.name)};
        if (!person.phone.empty() || !person.role.empty())
            parts << column(person.phone);
        if (!person.role.empty())
            parts << Words::plain(person.role);
        out << parts.join(QStringLiteral(", "));
    }
    return out.join(QLatin1Char('\n'));
}

std::vector<const model::CallDown*> earlierCallDowns(const model::State& state) {
    std::vector<const model::CallDown*> out;
    for (const auto& [id, list] : state.callDowns) {
        if (!list.people.empty())
            out.push_back(&list);
    }
    std::stable_sort(out.begin(), out.end(), [](const auto* a, const auto* b) { return a->startedAt > b->startedAt; });
    std::set<std::string> titles;
    std::erase_if(out, [&](const auto* list) { return !titles.insert(list->title).second; });
    if (out.size() > mostEarlier)
        out.resize(mostEarlier);
    return out;
}

CallDownForm::CallDownForm(const UiContext& ui, std::function<void(model::CallDown)> start, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_earlier(new QComboBox(this)), m_title(new QLineEdit(this)), m_incident(new QComboBox(this)),
      m_resource(new QComboBox(this)), m_people(new QPlainTextEdit(this)), m_minutes(new QSpinBox(this)),
      m_own(new QLabel(this)), m_hint(new QLabel(this)), m_start(pageButton("callDownStart", "primary", this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("callDownForm"));
    setWindowTitle(tr("New call-down"));
    m_earlier->setObjectName(QStringLiteral("callDownEarlier"));
    m_title->setObjectName(QStringLiteral("callDownTitle"));
    m_resource->setObjectName(QStringLiteral("callDownResource"));
    m_people->setObjectName(QStringLiteral("callDownLines"));
    m_minutes->setObjectName(QStringLiteral("callDownMinutes"));
    m_title->setPlaceholderText(tr("What for: “Duty hydrologist”"));
    m_title->setMaxLength(100);
    m_people->setPlaceholderText(tr("Name, phone, role: one person a line, in the order in which they are called"));
    m_people->setMinimumHeight(160);
    m_minutes->setRange(1, longestMinutes);
    m_minutes->setValue(usualMinutes);
    m_minutes->setSuffix(tr(" min"));
    m_hint->setObjectName(QStringLiteral("callDownHint"));
    m_hint->setProperty("role", QStringLiteral("error"));
    m_hint->setWordWrap(true);
    const auto& state = ui.desk.state();
    m_incident->addItem(tr("none"), QString());
    for (const auto& [id, incident] : state.incidents) {
        if (incident.state == model::IncidentState::open)
            m_incident->addItem(DispatchWords::incident(state, id, ui.language), QString::fromStdString(id.toString()));
    }
    if (const auto* selected = ui.selection.as<model::IncidentId>())
        m_incident->setCurrentIndex(std::max(0, m_incident->findData(QString::fromStdString(selected->toString()))));
    const auto earlier = earlierCallDowns(state);
    m_earlier->addItem(tr("a new list"), QString());
    for (const auto* list : model::keptCallLists(state)) {
        m_earlier->addItem(tr("list: %1 (%2 steps)", "name, how many").arg(Words::plain(list->name)).arg(list->steps.size()),
                           QString::fromStdString(list->id.toString()));
        m_earlier->setItemData(m_earlier->count() - 1, true, keptRole);
    }
    for (const auto* list : earlier)
        m_earlier->addItem(tr("%1 (%2, %3 people)", "title, when, how many")
                               .arg(Words::plain(list->title), Words::moment(list->startedAt, ui.desk.now(), ui.language))
                               .arg(list->people.size()),
                           QString::fromStdString(list->id.toString()));
    m_earlier->setEnabled(m_earlier->count() > 1);
    m_resource->addItem(tr("typed by hand"), QString());
    for (const auto& [id, one] : state.resources) {
        if (!one.retired && !model::peopleOf(one, ui.desk.now()).empty())
            m_resource->addItem(Words::local(one.name, ui.language), QString::fromStdString(id.toString()));
    }
    connect(m_resource, &QComboBox::currentIndexChanged, this, [this] {
        const auto id = model::ResourceId::parse(m_resource->currentData().toString().toStdString());
        const auto& resources = m_ui.desk.state().resources;
        const auto found = id ? resources.find(*id) : resources.end();
        if (found == resources.end())
            return;
        m_people->setPlainText(linesOf(model::peopleOf(found->second, m_ui.desk.now())));
        if (m_title->text().isEmpty())
            m_title->setText(Words::local(found->second.name, m_ui.language));
    });
    connect(m_earlier, &QComboBox::currentIndexChanged, this, &CallDownForm::again);
    auto* form = new QFormLayout;
    form->addRow(tr("Start again from"), m_earlier);
    form->addRow(tr("What for"), m_title);
    form->addRow(tr("Incident"), m_incident);
    form->addRow(tr("People of"), m_resource);
    form->addRow(tr("In this order"), m_people);
    form->addRow(tr("Each has"), m_minutes);
    m_own->setText(tr("Each has the minutes of the list; another number here is for all."));
    m_own->setProperty("role", QStringLiteral("dim"));
    m_own->setWordWrap(true);
    form->addRow(QString(), m_own);
    m_own->hide();
    connect(m_minutes, &QSpinBox::valueChanged, this, [this] {
        m_from.clear();
        m_own->hide();
    });
    auto* cancel = pageButton("callDownCancel", "", this);
    cancel->setText(tr("Cancel"));
    m_start->setText(tr("Begin"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_hint, 1);
    row->addWidget(cancel);
    row->addWidget(m_start);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->addLayout(form);
    column->addLayout(row);
    setMinimumWidth(560);
    connect(m_title, &QLineEdit::textChanged, this, &CallDownForm::check);
    connect(m_people, &QPlainTextEdit::textChanged, this, &CallDownForm::check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, [this, start = std::move(start)] {
        model::CallDown list;
        list.title = m_title->text().trimmed().toStdString();
        list.incident = model::IncidentId::parse(m_incident->currentData().toString().toStdString());
        list.resource = model::ResourceId::parse(m_resource->currentData().toString().toStdString());
        list.people = peopleFrom(m_people->toPlainText());
        list.every = base::Seconds(m_minutes->value() * 60);
        list.list = m_fromList;
        for (auto& person : list.people) {
            const auto same = std::find_if(m_from.begin(), m_from.end(),
                                           [&](const auto& one) { return one.name == person.name && one.phone == person.phone; });
            if (same != m_from.end())
                person.wait = same->wait;
        }
        accept();
        start(std::move(list));
    });
    check();
}

void CallDownForm::choose(model::CallListId list) {
    const QString wanted = QString::fromStdString(list.toString());
    for (int i = 1; i < m_earlier->count(); ++i) {
        if (m_earlier->itemData(i, keptRole).toBool() && m_earlier->itemData(i).toString() == wanted)
            m_earlier->setCurrentIndex(i);
    }
}

void CallDownForm::again() {
    m_fromList.reset();
    if (m_earlier->currentData(keptRole).toBool()) {
        const auto kept = model::CallListId::parse(m_earlier->currentData().toString().toStdString());
        const auto& lists = m_ui.desk.state().callLists;
        const auto one = kept ? lists.find(*kept) : lists.end();
        if (one == lists.end())
            return;
        m_fromList = kept;
        fill(model::callDownFrom(one->second, m_ui.desk.state(), m_ui.desk.now(), m_ui.language.toStdString()));
        return;
    }
    const auto id = model::CallDownId::parse(m_earlier->currentData().toString().toStdString());
    const auto& all = m_ui.desk.state().callDowns;
    const auto found = id ? all.find(*id) : all.end();
    if (found == all.end())
        return;
    fill(found->second);
    m_fromList = found->second.list;
}

void CallDownForm::fill(const model::CallDown& list) {
    {
        // Who is on duty now may be others; the list is called as it was.
        const QSignalBlocker quiet(m_resource);
        m_resource->setCurrentIndex(
            list.resource ? std::max(0, m_resource->findData(QString::fromStdString(list.resource->toString()))) : 0);
    }
    m_title->setText(Words::plain(list.title));
    m_people->setPlainText(linesOf(list.people));
    m_minutes->setValue(static_cast<int>(std::lround(std::clamp(list.every.value / 60, 1.0, static_cast<double>(longestMinutes)))));
    m_from = peopleFrom(m_people->toPlainText()); // as its lines will be read
    for (std::size_t i = 0; i < m_from.size() && m_from.size() == list.people.size(); ++i)
        m_from[i].wait = list.people[i].wait;
    m_own->setVisible(std::any_of(m_from.begin(), m_from.end(), [](const auto& person) { return person.wait.value > 0; }));
}

void CallDownForm::check() {
    const auto count = peopleFrom(m_people->toPlainText()).size();
    m_hint->setText(count > model::mostCalled ? tr("Here are %1 people, and one call-down takes at most %2: take %3 lines out, or begin two.")
                                                    .arg(count)
                                                    .arg(model::mostCalled)
                                                    .arg(count - model::mostCalled)
                                              : QString());
    m_start->setEnabled(!m_title->text().trimmed().isEmpty() && model::mayBeCalled(count));
}

} // namespace tocsin::gui
