#include "gui/dispatch/call_lists.hpp"

#include "gui/dispatch/dispatch_page.hpp"
#include "gui/resources/field_read.hpp"
#include "gui/resources/grid_edit.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {

constexpr double usualMinutesEach = 3;
constexpr double leastMinutes = model::shortestTurn.value / 60;
constexpr double mostMinutes = model::longestTurn.value / 60;

/// By what a resource is typed: its call sign, which a dispatcher knows, else its name.
QString typedName(const model::Resource& resource, const QString& language) {
    return resource.callSign.empty() ? Words::local(resource.name, language) : Words::plain(resource.callSign);
}

bool isCalled(const model::Resource& resource, const QString& text) {
    const auto same = [&](const std::string& name) { return !name.empty() && Words::plain(name).compare(text, Qt::CaseInsensitive) == 0; };
    return same(resource.callSign) || same(resource.key) || same(resource.name.text) ||
           std::any_of(resource.name.translations.begin(), resource.name.translations.end(), [&](const auto& one) { return same(one.second); });
}

} // namespace

CallListForm::CallListForm(const UiContext& ui, const model::CallList& list, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_seen(list), m_name(new QLineEdit(this)), m_grid(new GridEdit(5, this)), m_said(new QLabel(this)),
      m_save(pageButton("callListSave", "primary", this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("callListForm"));
    setWindowTitle(list.id.isNull() ? tr("New call-down list") : tr("Call-down list"));
    m_name->setObjectName(QStringLiteral("callListName"));
    m_name->setAccessibleName(tr("Name of the list"));
    m_name->setMaxLength(100);
    m_name->setPlaceholderText(tr("Flood, response II"));
    m_name->setText(Words::plain(list.name));
    m_grid->setObjectName(QStringLiteral("callListGrid"));
    m_grid->setHeader({tr("Name"), tr("Phone"), tr("Role"), tr("On duty with"), tr("Minutes")}, tr("Add a step"), tr("Remove the step"));
    std::vector<QStringList> rows;
    for (const auto& step : list.steps) {
        QString with;
        if (step.resource) {
            const auto found = ui.desk.state().resources.find(*step.resource);
            with = found == ui.desk.state().resources.end() ? QString() : typedName(found->second, ui.language);
        }
        rows.push_back({Words::plain(step.name), Words::plain(step.phone), Words::plain(step.role), with, QString::number(step.wait.value / 60)});
    }
    m_grid->set(rows);
    auto* hint = new QLabel(tr("In this order. “On duty with” takes a resource's call sign or name: whoever is on duty with it then is called; name and phone stand for when "
                               "nobody is. Without a resource name and phone are needed. Minutes until it is the next one's turn; empty: 3."),
                            this);
    hint->setWordWrap(true);
    hint->setProperty("role", QStringLiteral("dim"));
    m_said->setObjectName(QStringLiteral("callListSaid"));
    m_said->setProperty("role", QStringLiteral("error"));
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_said->hide();
    m_save->setText(tr("Save the list"));
    auto* cancel = pageButton("callListCancel", "", this);
    cancel->setText(tr("Cancel"));
    auto* label = new QLabel(tr("Name of the list"), this);
    label->setBuddy(m_name);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(8);
    for (QWidget* widget : std::initializer_list<QWidget*>{label, m_name, hint})
        column->addWidget(widget);
    column->addWidget(m_grid, 1);
    column->addWidget(m_said);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(m_save);
    column->addLayout(row);
    resize(760, 420);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &CallListForm::save);
    m_name->setFocus();
}

std::optional<model::ResourceId> CallListForm::resourceNamed(const QString& text, QString& fault) const {
    const auto& all = m_ui.desk.state().resources;
    // What stood there stays the same one, even if another has got its name.
    for (const auto& step : m_seen.steps) {
        const auto found = step.resource ? all.find(*step.resource) : all.end();
        if (found != all.end() && !found->second.retired && typedName(found->second, m_ui.language) == text)
            return step.resource;
    }
    std::vector<model::ResourceId> fit;
    for (const auto& [id, resource] : all) {
        if (!resource.retired && isCalled(resource, text))
            fit.push_back(id);
    }
    if (fit.size() == 1)
        return fit.front();
    fault = fit.empty() ? tr("No resource is called %1.").arg(Words::quoted(text))
                        : tr("Several resources are called %1: type the call sign or the inventory number.").arg(Words::quoted(text));
    return std::nullopt;
}

std::optional<std::vector<model::CallListStep>> CallListForm::steps(QString& fault) const {
    std::vector<model::CallListStep> out;
    for (const auto& row : m_grid->rows()) {
        const int number = static_cast<int>(out.size()) + 1;
        model::CallListStep step;
        step.name = FieldRead::utf8(row[0]);
        step.phone = FieldRead::utf8(row[1]);
        step.role = FieldRead::utf8(row[2]);
        if (!row[3].isEmpty()) {
            step.resource = resourceNamed(row[3], fault);
            if (!step.resource)
                return std::nullopt;
        } else if (step.name.empty() || step.phone.empty()) {
            fault = tr("Step %1: a name and a phone, or a resource.").arg(number);
            return std::nullopt;
        }
        const auto minutes = row[4].isEmpty() ? std::optional(usualMinutesEach) : FieldRead::number(row[4]);
        if (!minutes || *minutes < leastMinutes || *minutes > mostMinutes) {
            fault = tr("Step %1: half a minute to %2 minutes.").arg(number).arg(static_cast<int>(mostMinutes));
            return std::nullopt;
        }
        step.wait = base::Seconds(*minutes * 60);
        out.push_back(std::move(step));
    }
    if (out.empty()) {
        fault = tr("A list has at least one step.");
        return std::nullopt;
    }
    return out;
}

void CallListForm::save() {
    const auto say = [this](const QString& sentence) {
        m_said->setText(sentence);
        m_said->show();
    };
    auto list = m_seen;
    list.name = FieldRead::utf8(m_name->text());
    if (list.name.empty())
        return say(tr("The list needs a name."));
    QString fault;
    auto read = steps(fault);
    if (!read)
        return say(fault);
    list.steps = std::move(*read);
    desk::PutCallList command{std::move(list), {}};
    if (!m_seen.id.isNull())
        command.seen = m_seen;
    m_save->setEnabled(false);
    m_ui.desk.send(std::move(command), this, [this, say](const base::Result<desk::Done>& done) {
        m_save->setEnabled(true);
        if (done)
            accept();
        else
            say(Words::refusal(done.error()));
    });
}

} // namespace tocsin::gui
