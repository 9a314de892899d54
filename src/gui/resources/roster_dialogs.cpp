#include "gui/resources/roster_dialogs.hpp"

#include "gui/resources/ask_dialog.hpp"
#include "gui/resources/field_read.hpp"
#include "gui/resources/roster_words.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <set>

namespace tocsin::gui {

namespace {

using namespace std::chrono_literals;

constexpr base::Duration usualShift = 12h;
constexpr int usualHour = 8;
constexpr int mostDays = 31;

QString typed(base::Time time) {
    return Words::dateTime(time).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

/// The same time of the clock so many days later.
base::Time daysLater(base::Time time, int days) {
    return days == 0 ? time : base::fromUnixMillis(Words::dateTime(time).addDays(days).toMSecsSinceEpoch());
}

struct Shift {
    model::DutyTurn turn;
    int days{1}; ///< on so many days in a row
};

/// Where a new one goes on from: the roster's last end, with the same length; else the day's usual shift.
RosterSpan proposed(const model::Resource& resource, const QDate& day, base::Time now) {
    const auto last = std::max_element(resource.duty.begin(), resource.duty.end(),
                                       [](const auto& a, const auto& b) { return a.until < b.until; });
    if (last != resource.duty.end() && last->until > now)
        return {last->until, last->until + (last->until - last->from)};
    const QDateTime begin(day, QTime(usualHour, 0), Words::dateTime(now).timeZone());
    const auto from = base::fromUnixMillis(begin.toMSecsSinceEpoch());
    return {from, from + usualShift};
}

/// People who were named with it before: name to phone and role.
std::map<QString, std::pair<QString, QString>> knownPeople(const model::Resource& resource) {
    std::map<QString, std::pair<QString, QString>> out;
    const auto add = [&](const std::string& name, const std::string& phone, const std::string& role) {
        if (!name.empty())
            out[Words::plain(name)] = {Words::plain(phone), Words::plain(role)};
    };
    add(resource.personInCharge, resource.phone, {});
    for (const auto& turn : resource.duty)
        add(turn.person, turn.phone, turn.role);
    for (const auto& member : resource.crew)
        add(member.name, member.phone, member.role);
    return out;
}

/// The form's fields, which live in its dialog.
struct Fields {
    QComboBox* person;
    QLineEdit* phone;
    QLineEdit* role;
    QLineEdit* from;
    QLineEdit* until;
    QSpinBox* days;
    QDate day;

    [[nodiscard]] std::optional<Shift> read() const {
        Shift out;
        out.turn.person = FieldRead::utf8(person->currentText());
        out.turn.phone = FieldRead::utf8(phone->text());
        out.turn.role = FieldRead::utf8(role->text());
        out.days = days->value();
        const auto begins = rosterMoment(from->text(), day);
        auto ends = begins ? rosterMoment(until->text(), Words::dateTime(*begins).date()) : std::nullopt;
        if (!ends)
            return std::nullopt;
        // Only a time of the day: over midnight it is the next day's.
        if (*ends <= *begins && until->text().trimmed().size() <= 5)
            ends = daysLater(*ends, 1);
        out.turn.from = *begins;
        out.turn.until = *ends;
        return out;
    }
};

} // namespace

std::optional<base::Time> rosterMoment(const QString& text, const QDate& day) {
    const QString plain = text.simplified();
    QDate date = day;
    QString clock = plain;
    if (const auto space = plain.indexOf(QLatin1Char(' ')); space > 0) {
        date = QDate::fromString(plain.left(space), QStringLiteral("yyyy-MM-dd"));
        clock = plain.mid(space + 1);
    }
    const QTime time = QTime::fromString(clock, QStringLiteral("H:mm"));
    // What a calendar can say and the desk takes as a moment.
    if (!date.isValid() || date.year() < 1900 || date.year() > 2199 || !time.isValid())
        return std::nullopt;
    const QDateTime when(date, time, Words::dateTime(base::Time{}).timeZone());
    return when.isValid() ? std::optional(base::fromUnixMillis(when.toMSecsSinceEpoch())) : std::nullopt;
}

void RosterDialogs::shift(const UiContext& ui, const model::Resource& resource, const std::optional<model::DutyTurn>& instead,
                          const QDate& day, QWidget* parent, std::function<void()> done) {
    const QString name = Words::quoted(Words::local(resource.name, ui.language));
    auto* dialog = new AskDialog(ui, instead ? tr("Shift of %1").arg(name) : tr("New shift of %1").arg(name),
                                 instead ? tr("Change the shift") : tr("Enter the shift"), parent);
    dialog->setObjectName(QStringLiteral("shiftDialog"));
    const auto now = ui.desk.now();
    const auto at = instead ? RosterSpan{instead->from, instead->until} : proposed(resource, day, now);
    Fields fields{new QComboBox(dialog), new QLineEdit(dialog), new QLineEdit(dialog), new QLineEdit(dialog), new QLineEdit(dialog),
                  new QSpinBox(dialog), day};
    const auto people = knownPeople(resource);
    fields.person->setEditable(true);
    fields.person->setInsertPolicy(QComboBox::NoInsert);
    // Completed in place, "Ann" would become "Anna" without being asked.
    fields.person->completer()->setCompletionMode(QCompleter::PopupCompletion);
    for (const auto& [who, rest] : people)
        fields.person->addItem(who);
    fields.person->setCurrentText(instead ? Words::plain(instead->person) : QString());
    fields.phone->setText(instead ? Words::plain(instead->phone) : QString());
    fields.role->setText(instead ? Words::plain(instead->role) : QString());
    fields.from->setText(typed(at.from));
    fields.until->setText(typed(at.until));
    fields.days->setRange(1, mostDays);
    const auto add = [dialog](const QString& label, QWidget* field, const char* called) {
        field->setObjectName(QString::fromLatin1(called));
        field->setAccessibleName(label);
        dialog->fields()->addRow(label, field);
    };
    add(tr("Who"), fields.person, "shiftPerson");
    add(tr("Phone"), fields.phone, "shiftPhone");
    add(tr("Role"), fields.role, "shiftRole");
    add(tr("From"), fields.from, "shiftFrom");
    add(tr("Until"), fields.until, "shiftUntil");
    add(tr("Days in a row"), fields.days, "shiftDays");
    dialog->fields()->setRowVisible(fields.days, !instead);
    const QString hint = tr("2026-12-31 08:00, or only 08:00");
    fields.from->setPlaceholderText(hint);
    fields.until->setPlaceholderText(hint);
    QObject::connect(fields.person, &QComboBox::currentTextChanged, dialog, [people, fields](const QString& who) {
        const auto known = people.find(who.trimmed());
        if (known == people.end())
            return;
        fields.phone->setText(known->second.first);
        fields.role->setText(known->second.second);
    });
    if (done)
        dialog->setDone([done = std::move(done)](const desk::Done&) { done(); });
    // What was warned of once is done when it is asked for again.
    auto warned = std::make_shared<std::set<QString>>();
    dialog->setMake([ui, seen = resource, instead, fields, warned](QString& fault) -> std::optional<desk::CommandBody> {
        const auto read = fields.read();
        if (!read) {
            fault = tr("From and until are moments such as 2026-12-31 08:00.");
            return std::nullopt;
        }
        const auto moment = ui.desk.now();
        auto edited = seen;
        if (instead) {
            const auto old = std::find(edited.duty.begin(), edited.duty.end(), *instead);
            if (old != edited.duty.end())
                edited.duty.erase(old);
        }
        QString elsewhere;
        for (int i = 0; i < read->days; ++i) {
            auto turn = read->turn;
            turn.from = daysLater(turn.from, i);
            turn.until = daysLater(turn.until, i);
            fault = RosterWords::fault(edited, turn, moment, ui.language);
            if (!fault.isEmpty())
                return std::nullopt;
            if (elsewhere.isEmpty())
                elsewhere = RosterWords::elsewhere(ui.desk.state(), seen, turn, moment, ui.language);
            edited.duty.push_back(std::move(turn));
        }
        if (!elsewhere.isEmpty() && warned->insert(elsewhere).second) {
            fault = tr("%1 Press again to enter it all the same.").arg(elsewhere);
            return std::nullopt;
        }
        std::stable_sort(edited.duty.begin(), edited.duty.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
        return desk::PutResources{{std::move(edited)}, {seen}, "roster"};
    });
    dialog->open();
    fields.person->setFocus();
}

void RosterDialogs::remove(const UiContext& ui, const model::Resource& resource, const model::DutyTurn& turn, QWidget* parent) {
    auto* dialog = new AskDialog(ui, tr("Remove a shift of %1?").arg(Words::quoted(Words::local(resource.name, ui.language))),
                                 tr("Remove the shift"), parent);
    dialog->setObjectName(QStringLiteral("removeShiftDialog"));
    auto* which = new QLabel(RosterWords::turn(turn, ui.desk.now(), ui.language), dialog);
    which->setTextFormat(Qt::PlainText);
    which->setWordWrap(true);
    dialog->fields()->addRow(which);
    dialog->setMake([seen = resource, turn](QString&) -> std::optional<desk::CommandBody> {
        auto edited = seen;
        if (const auto old = std::find(edited.duty.begin(), edited.duty.end(), turn); old != edited.duty.end())
            edited.duty.erase(old);
        return desk::PutResources{{std::move(edited)}, {seen}, "roster"};
    });
    dialog->open();
}

} // namespace tocsin::gui
