#include "gui/panels/hand_finder.hpp"

#include "gui/panels/alarm_rows.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/plan_words.hpp"
#include "gui/panels/row_list.hpp"
#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace tocsin::gui {
namespace {

constexpr int askAfterMs = 300; ///< several changes in a row are one question

} // namespace

class HandFinder::Rows : public AlarmRows {
  public:
    Rows(std::function<RowFace(const base::Uuid&)> face, QObject* parent) : AlarmRows(parent), m_face(std::move(face)) {}

  protected:
    [[nodiscard]] RowFace face(const base::Uuid& id) const override { return m_face(id); }

  private:
    std::function<RowFace(const base::Uuid&)> m_face;
};

HandFinder::HandFinder(const UiContext& ui, model::IncidentId incident, std::vector<dispatch::NeedAnswer> needs,
                       std::set<model::ResourceId> planned, std::function<void(HandLine)> taken, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_incident(incident), m_needs(std::move(needs)), m_planned(std::move(planned)), m_taken(std::move(taken)),
      m_find(new QLineEdit(this)), m_forTitle(textLabel(ui.theme, this, true)), m_for(new QComboBox(this)), m_list(new RowList(this)),
      m_count(textLabel(ui.theme, this, true)), m_said(textLabel(ui.theme, this)), m_add(new QPushButton(this)),
      m_cancel(new QPushButton(this)) {
    setObjectName(QStringLiteral("handFinder"));
    resize(620, 600);
    m_rows = new Rows([this](const base::Uuid& id) {
        RowFace f;
        f.shape = RowFace::Shape::glyph;
        const auto found = m_ui.desk.state().resources.find(model::ResourceId(id));
        const auto one = std::find_if(m_choices.begin(), m_choices.end(), [&](const auto& c) { return c.choice.resource.value == id; });
        if (found == m_ui.desk.state().resources.end() || one == m_choices.end())
            return f;
        const model::Resource& resource = found->second;
        f.glyph = Symbols::forResource(resource);
        f.title = Words::local(resource.name, m_ui.language);
        f.faded = !one->possible;
        QStringList parts{against(*one, resource), Words::resourceKind(resource.kind)};
        for (const auto& own : resource.capabilities)
            parts << tr("%1 L%2", "capability, level").arg(Words::capability(own.code)).arg(own.level);
        if (const QString place = Words::local(resource.place, m_ui.language); !place.isEmpty())
            parts << place;
        f.second = parts.join(QStringLiteral(" · "));
        f.topRight = one->leads ? Words::eta(one->choice.turnout + one->choice.eta) : QString();
        f.bottomRight = one->possible ? Words::resourceStatus(resource.status) : tr("cannot be sent");
        return f;
    }, this);
    m_find->setObjectName(QStringLiteral("handFind"));
    m_find->setMaxLength(80);
    m_find->setClearButtonEnabled(true);
    m_find->installEventFilter(this);
    m_for->setObjectName(QStringLiteral("handFor"));
    m_list->setObjectName(QStringLiteral("handList"));
    m_list->dress(ui.theme);
    m_list->setModel(m_rows);
    m_list->onKey = [this](int key) {
        if (key == Qt::Key_Return)
            take();
        return key == Qt::Key_Return;
    };
    m_said->setObjectName(QStringLiteral("handSaid"));
    m_said->setProperty("role", QStringLiteral("error"));
    m_said->hide();
    m_add->setObjectName(QStringLiteral("handAdd"));
    m_add->setProperty("kind", QStringLiteral("primary"));
    m_add->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_count->setWordWrap(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->addWidget(m_find, 1);
    head->addWidget(m_count);
    column->addLayout(head);
    auto* need = new QHBoxLayout;
    m_forTitle->setWordWrap(false);
    need->addWidget(m_forTitle);
    need->addWidget(m_for, 1);
    column->addLayout(need);
    column->addWidget(m_list, 1);
    column->addWidget(m_said);
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(m_cancel);
    foot->addWidget(m_add);
    column->addLayout(foot);

    m_later.setSingleShot(true);
    m_later.setInterval(askAfterMs);
    connect(&m_later, &QTimer::timeout, this, &HandFinder::ask);
    connect(m_find, &QLineEdit::textChanged, this, &HandFinder::fill);
    connect(m_for, &QComboBox::currentIndexChanged, this, &HandFinder::fill);
    connect(m_list, &RowList::doubleClicked, this, &HandFinder::take);
    connect(m_add, &QPushButton::clicked, this, &HandFinder::take);
    connect(m_cancel, &QPushButton::clicked, this, &HandFinder::reject);
    connect(&m_ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        const bool differs = changes.all || !changes.resources.empty() || !changes.assignments.empty() || !changes.drawings.empty();
        if (differs && !m_claim && !m_later.isActive())
            m_later.start();
    });
    words();
    const auto open = std::find_if(m_needs.begin(), m_needs.end(), [](const auto& one) { return one.unmet && one.unmet->missing > 0; });
    m_for->setCurrentIndex(open == m_needs.end() ? static_cast<int>(m_needs.size()) : static_cast<int>(open - m_needs.begin()));
    ask();
    m_find->setFocus();
}

void HandFinder::ask() {
    if (m_asking) { // one question at a time: each looks for the ways of all resources
        m_again = true;
        return;
    }
    m_asking = true;
    fill();
    m_ui.desk.choicesByHand(m_incident, this, [this](DeskBridge::HandChoices found) {
        m_asking = false;
        m_choices.clear();
        m_texts.clear();
        if (!found)
            say(Words::refusal(found.error()));
        else
            m_choices = std::move(*found);
        fill();
        if (std::exchange(m_again, false))
            m_later.start();
    });
}

QString HandFinder::haystack(const model::Resource& resource) const {
    QStringList parts{Words::plain(resource.callSign), Words::plain(resource.key), Words::plain(resource.code), Words::resourceKind(resource.kind),
                      QString::fromLatin1(model::toString(resource.kind).data(), static_cast<qsizetype>(model::toString(resource.kind).size()))};
    for (const auto* text : {&resource.name, &resource.place}) {
        parts << Words::plain(text->text);
        for (const auto& [language, other] : text->translations)
            parts << Words::plain(other);
    }
    for (const auto& own : resource.capabilities)
        parts << Words::plain(own.code) << Words::capability(own.code);
    return foldedForSearch(parts.join(QLatin1Char(' ')));
}

/// The list as it is looked for now; whoever was current stays so.
void HandFinder::fill() {
    const QStringList wanted = foldedForSearch(m_find->text().simplified()).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const auto& resources = m_ui.desk.state().resources;
    const base::Uuid current = m_rows->idAt(m_list->currentIndex());
    std::vector<AlarmRows::Row> rows;
    for (const auto& one : m_choices) {
        const auto found = resources.find(one.choice.resource);
        if (found == resources.end())
            continue;
        if (!wanted.isEmpty()) {
            const auto [text, fresh] = m_texts.try_emplace(one.choice.resource);
            if (fresh)
                text->second = haystack(found->second);
            if (!std::all_of(wanted.begin(), wanted.end(), [&](const QString& word) { return text->second.contains(word); }))
                continue;
        }
        rows.push_back({one.choice.resource.value, -1, 0});
    }
    const auto shown = rows.size();
    m_rows->reset(std::move(rows));
    const auto again = m_rows->indexOf(current);
    m_list->setCurrentIndex(again.isValid() ? again : m_rows->index(0));
    const QLocale locale;
    m_count->setText(m_asking ? tr("looking for the ways…")
                              : tr("%1 of %2", "found, all").arg(locale.toString(static_cast<qulonglong>(shown)),
                                                                  locale.toString(static_cast<qulonglong>(m_choices.size()))));
    m_list->setEmptyText(m_asking ? QString() : tr("Nobody is found"), m_asking ? QString() : tr("Fewer words find more."));
}

/// The need that it would serve: the chosen one; a shelter serves the need for shelter; who lacks the skill helps with the whole.
dispatch::NeedAnswer HandFinder::needFor(const model::Resource& resource, dispatch::Obstacle& obstacle, const dispatch::Choice& judged) const {
    const auto at = m_for->currentIndex();
    dispatch::NeedAnswer need;
    need.incident = m_incident;
    need.need.quantity = 1;
    if (at >= 0 && at < static_cast<int>(m_needs.size()))
        need = m_needs[static_cast<std::size_t>(at)];
    if (resource.kind == model::ResourceKind::shelter && need.need.kind != model::NeedKind::shelter) {
        const auto shelter = std::find_if(m_needs.begin(), m_needs.end(), [](const auto& one) { return one.need.kind == model::NeedKind::shelter; });
        if (shelter != m_needs.end()) {
            need = *shelter;
        } else {
            need = {};
            need.incident = m_incident;
            need.need.kind = model::NeedKind::shelter;
        }
    }
    obstacle = dispatch::obstacleFor(judged, resource, need.need);
    // What the need itself asks, whatever else speaks against it.
    if (dispatch::obstacleFor(dispatch::Choice{}, resource, need.need) == dispatch::Obstacle::lacksCapability) {
        need.need = {};
        need.open = 0;
        need.unmet.reset();
    }
    need.chosen.clear();
    need.others.clear();
    need.kept.clear();
    return need;
}

/// Why it is not recommended.
QString HandFinder::against(const dispatch::HandChoice& one, const model::Resource& resource) const {
    const PlanWords words(m_ui.desk.state(), m_ui.language, m_ui.desk.now());
    if (m_planned.contains(one.choice.resource))
        return tr("in the plan already");
    if (resource.kind == model::ResourceKind::shelter && one.choice.obstacle == dispatch::Obstacle::none)
        return one.choice.people > 1    ? tr("%1 places free").arg(Words::number(one.choice.people, 0))
               : one.choice.people == 1 ? tr("1 place free")
                                        : tr("no place is free");
    if (model::isPlace(resource.kind) && resource.kind != model::ResourceKind::shelter)
        return tr("a place, which goes nowhere");
    auto choice = one.choice;
    const auto need = needFor(resource, choice.obstacle, one.choice);
    const QString remark = words.remark(one.choice.resource);
    if (choice.obstacle == dispatch::Obstacle::none)
        return remark.isEmpty() ? tr("could go") : tr("could go · %1", "a remark").arg(remark);
    if (choice.obstacle == dispatch::Obstacle::noPayload)
        return tr("what it may carry is not known");
    if (choice.obstacle == dispatch::Obstacle::lacksCapability)
        return tr("%1: goes for the plan as a whole", "why not recommended").arg(words.obstacle(choice));
    return words.obstacle(choice);
}

void HandFinder::say(const QString& sentence) {
    setOrHide(m_said, sentence);
}

void HandFinder::take() {
    const base::Uuid id = m_rows->idAt(m_list->currentIndex());
    const auto one = std::find_if(m_choices.begin(), m_choices.end(), [&](const auto& c) { return c.choice.resource.value == id; });
    const auto found = m_ui.desk.state().resources.find(model::ResourceId(id));
    if (m_claim || one == m_choices.end() || found == m_ui.desk.state().resources.end())
        return;
    const model::Resource& resource = found->second;
    const QString name = Words::local(resource.name, m_ui.language);
    if (m_planned.contains(one->choice.resource)) {
        say(tr("%1 is in the plan already.").arg(name));
        return;
    }
    if (!one->possible) {
        say(tr("%1 cannot be sent: %2.", "who, why not").arg(name, against(*one, resource)));
        return;
    }
    say({});
    HandLine line;
    line.added = true;
    line.choice = one->choice;
    line.need = needFor(resource, line.choice.obstacle, one->choice);
    m_claim = one->choice.resource;
    if (line.need.need.kind == model::NeedKind::shelter) { // a house is not kept from others by a name: its places are counted
        claimed(std::move(line));
        return;
    }
    m_ui.desk.send(desk::ClaimResources{{*m_claim}}, this, [this, line](const base::Result<desk::Done>& done) {
        if (done)
            return claimed(line);
        m_claim.reset();
        say(Words::refusal(done.error()));
    });
}

void HandFinder::claimed(HandLine line) {
    m_ui.desk.wayByHand(m_incident, line.choice.resource, {}, this, [this, line](DeskBridge::HandWay way) mutable {
        if (!way) {
            letGo();
            say(Words::refusal(way.error()));
            return;
        }
        auto choice = std::move(*way);
        choice.obstacle = line.choice.obstacle;
        choice.freeAt = line.choice.freeAt;
        choice.freeGuessed = line.choice.freeGuessed;
        const auto found = m_ui.desk.state().resources.find(choice.resource);
        if (line.need.need.kind == model::NeedKind::shelter) {
            const double missing = line.need.unmet ? line.need.unmet->missing : line.need.open;
            const int wanted = missing >= 1 ? static_cast<int>(std::min(missing, 1e7)) : line.choice.people;
            choice.people = std::min(wanted, line.choice.people);
        } else if (found != m_ui.desk.state().resources.end()) {
            choice.level = std::max(choice.level, model::levelOf(found->second, line.need.need.capability));
        }
        line.choice = std::move(choice);
        m_claim.reset(); // it is the plan's now
        accept();
        m_taken(std::move(line));
    });
}

void HandFinder::letGo() {
    if (!m_claim)
        return;
    const auto found = m_ui.desk.state().resources.find(*m_claim);
    if (found != m_ui.desk.state().resources.end() && found->second.kind != model::ResourceKind::shelter)
        m_ui.desk.send(desk::ClaimResources{{*m_claim}, true}, nullptr, [](const auto&) {});
    m_claim.reset();
}

void HandFinder::reject() {
    letGo();
    QDialog::reject();
}

/// The list is walked while the words are typed.
bool HandFinder::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_find || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const int rows = m_rows->rowCount();
    const int by = key->key() == Qt::Key_Up         ? -1
                   : key->key() == Qt::Key_Down     ? 1
                   : key->key() == Qt::Key_PageUp   ? -8
                   : key->key() == Qt::Key_PageDown ? 8
                                                    : 0;
    if (by == 0 || rows == 0)
        return QDialog::eventFilter(watched, event);
    m_list->setCurrentIndex(m_rows->index(std::clamp(m_list->currentIndex().row() + by, 0, rows - 1)));
    return true;
}

void HandFinder::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

void HandFinder::words() {
    setWindowTitle(tr("Add to the plan"));
    m_find->setPlaceholderText(tr("Name, kind, capability, place or number"));
    m_find->setAccessibleName(tr("Find somebody to send"));
    m_forTitle->setText(tr("For"));
    m_for->setAccessibleName(tr("The need that it is for"));
    const PlanWords words(m_ui.desk.state(), m_ui.language);
    {
        const QSignalBlocker quiet(m_for);
        const int at = m_for->currentIndex();
        m_for->clear();
        for (const auto& need : m_needs)
            m_for->addItem(need.unmet && need.unmet->missing > 0
                               ? tr("%1: %2 missing", "need, amount").arg(words.what(need.need), words.amount(need.need, need.unmet->missing))
                               : words.what(need.need));
        m_for->addItem(tr("the plan as a whole"));
        m_for->setCurrentIndex(at);
    }
    m_list->setAccessibleName(tr("All who could be sent, the nearest first"));
    m_add->setText(tr("Add to the plan"));
    m_cancel->setText(tr("Cancel"));
    m_texts.clear();
    fill();
}

} // namespace tocsin::gui
