#include "gui/panels/assignment_row.hpp"

#include "tocsin/dispatch/closures.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <array>

namespace tocsin::gui {
namespace {

constexpr std::array steps{model::AssignmentState::notified, model::AssignmentState::accepted,
                           model::AssignmentState::enRoute, model::AssignmentState::onScene};
constexpr int headHeight = 52;    ///< badge, name and state
constexpr int warningHeight = 24; ///< the line about a closure ahead

} // namespace

AssignmentRow::AssignmentRow(const UiContext& ui, model::AssignmentId id, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_id(id), m_next(new QPushButton(this)), m_release(new QPushButton(this)),
      m_round(new QPushButton(this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_next->setObjectName(QStringLiteral("nextStepButton"));
    m_release->setObjectName(QStringLiteral("releaseButton"));
    // Lower than other buttons: there is one pair a team, and the row must stay one glance high.
    m_round->setObjectName(QStringLiteral("anotherWayButton"));
    for (QPushButton* button : {m_round, m_next, m_release})
        button->setStyleSheet(
            QStringLiteral("QPushButton { min-height: 26px; padding: 0 10px; font-weight: normal; outline: none; }"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, headHeight, 0, 10);
    row->setSpacing(8);
    row->addStretch();
    row->addWidget(m_round);
    row->addWidget(m_next);
    row->addWidget(m_release);
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (const model::Assignment* a = assignment()) {
            if (const auto next = model::nextState(a->state))
                advance(*next);
        }
    });
    connect(m_release, &QPushButton::clicked, this, [this] { advance(model::AssignmentState::released); });
    connect(m_round, &QPushButton::clicked, this, [this] {
        m_round->setEnabled(false);
        if (m_tell)
            tell();
        else
            m_ui.desk.replan(m_id, m_warning, this, [this](const auto&) { refresh(); });
    });
    refresh();
}

const model::Assignment* AssignmentRow::assignment() const {
    const auto& all = m_ui.desk.state().assignments;
    const auto it = all.find(m_id);
    return it == all.end() ? nullptr : &it->second;
}

void AssignmentRow::advance(model::AssignmentState to) {
    m_next->setEnabled(false);
    m_release->setEnabled(false);
    m_ui.desk.send(desk::AdvanceAssignment{m_id, to}, this, [this](const auto&) { refresh(); });
}

void AssignmentRow::tell() {
    m_ui.desk.send(desk::RecordTold{{m_id}, model::Reached::voice}, this, [this](const auto&) { refresh(); });
}

void AssignmentRow::refresh() {
    const model::Assignment* a = assignment();
    if (!a)
        return;
    const auto next = model::nextState(a->state);
    const bool ownStep = next && *next != model::AssignmentState::released;
    m_next->setVisible(ownStep);
    if (ownStep)
        m_next->setText(Words::nextStep(*next));
    m_release->setText(Words::nextStep(model::AssignmentState::released));
    const bool can = !m_ui.desk.readOnly();
    m_round->setEnabled(can);
    m_next->setEnabled(can);
    m_release->setEnabled(can);
    const auto& resources = m_ui.desk.state().resources;
    if (const auto it = resources.find(a->resource); it != resources.end()) {
        const QString name = Words::local(it->second.name, m_ui.language);
        m_next->setAccessibleName(name + QStringLiteral(": ") + m_next->text());
        m_release->setAccessibleName(name + QStringLiteral(": ") + m_release->text());
        setAccessibleName(name + QStringLiteral(", ") + Words::assignmentState(a->state));
    }
    lookAhead();
    update();
}

void AssignmentRow::tick() {
    lookAhead();
    update();
}

int AssignmentRow::rowHeight() const {
    return 92 + (m_warning.isEmpty() ? 0 : warningHeight);
}

void AssignmentRow::lookAhead() {
    const model::Assignment* a = assignment();
    const auto& state = m_ui.desk.state();
    QString warning;
    if (a) {
        const auto team = state.resources.find(a->resource);
        auto closure = dispatch::closureAhead(*a, state.drawings, m_ui.desk.now(), team == state.resources.end() ? nullptr : &team->second,
                                              &m_ui.desk.profiles());
        const bool found = model::isOnItsWay(*a) && a->blocked.has_value(); // by the desk, which knows the other way, too
        if (found)
            closure = a->blocked->closure;
        if (closure) {
            const auto drawing = state.drawings.find(*closure);
            const QString name = drawing == state.drawings.end() ? QString() : Words::local(drawing->second.name, m_ui.language);
            warning = name.isEmpty() ? tr("Route crosses a closure")
                                     : tr("Route crosses the closure %1").arg(Words::quoted(name));
            if (found)
                warning = a->blocked->arrival ? tr("%1; by another way there at %2").arg(warning, Words::hourMinute(*a->blocked->arrival))
                                              : tr("%1; no way is left").arg(warning);
        }
    }
    // Nothing is more urgent than that it goes to where nothing is. Who flies or has arrived needs no other way, only the word.
    m_tell = false;
    m_glyph = QStringLiteral("closure");
    const bool mustBeTold = a && model::mustBeTold(*a);
    if (a && a->word == model::TeamWord::moved) {
        const auto team = state.resources.find(a->resource);
        const bool noOtherWay = a->state >= model::AssignmentState::onScene || (team != state.resources.end() && team->second.flies);
        const auto incident = state.incidents.find(a->incident);
        const QString place = incident == state.incidents.end() ? QString() : Words::local(incident->second.place, m_ui.language);
        if (mustBeTold) {
            warning = place.isEmpty() ? tr("The incident was moved: tell them") : tr("The incident was moved: tell them, %1").arg(place);
            m_tell = noOtherWay;
            m_glyph = QStringLiteral("pin");
        } else if (a->reached == model::Reached::phone && !noOtherWay) { // they know, the desk's minutes do not
            warning = tr("The incident was moved: this way is the old one");
            m_glyph = QStringLiteral("pin");
        }
    } else if (mustBeTold && a->word == model::TeamWord::way && warning.isEmpty()) {
        warning = tr("Another way was found: tell them");
        m_tell = true;
        m_glyph = QStringLiteral("pin");
    }
    m_round->setText(m_tell ? tr("Told") : tr("Another way"));
    m_round->setAccessibleDescription(warning);
    setAccessibleDescription(warning);
    setToolTip(warning);
    m_round->setVisible(!warning.isEmpty());
    if (warning == m_warning)
        return;
    m_warning = warning;
    layout()->setContentsMargins(0, headHeight + (warning.isEmpty() ? 0 : warningHeight), 0, 10);
    updateGeometry();
}

void AssignmentRow::contextMenuEvent(QContextMenuEvent* event) {
    const model::Assignment* a = assignment();
    if (!a)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool can = !m_ui.desk.readOnly() && a->state != model::AssignmentState::released;
    menu->addAction(tr("Has answered the roll call"), this,
                    [this] { m_ui.desk.send(desk::AnswerRollCall{m_id, {}}, this, [](const auto&) {}); })
        ->setEnabled(can);
    menu->addAction(tr("Find another way"), this,
                    [this] { m_ui.desk.replan(m_id, m_warning, this, [this](const auto&) { refresh(); }); })
        ->setEnabled(can && a->state != model::AssignmentState::onScene);
    menu->addAction(tr("Has been told by voice"), this, [this] { tell(); })
        ->setEnabled(!m_ui.desk.readOnly() && model::mustBeTold(*a));
    offerLink(*menu);
    menu->popup(event->globalPos());
}

/// What it is good for stands in the line itself: a greyed line would say nothing, and a tip is not read by keyboard.
void AssignmentRow::offerLink(QMenu& menu) {
    auto* copy = menu.addAction(tr("Asking the desk for the address of the team's own page…"));
    copy->setObjectName(QStringLiteral("copyTeamLink"));
    copy->setEnabled(false);
    const auto offer = [copy](const TeamLink& link) {
        copy->setText(linkWords(link));
        copy->setEnabled(!link.address.isEmpty());
        connect(copy, &QAction::triggered, copy, [address = link.address] { QGuiApplication::clipboard()->setText(address); });
    };
    if (m_ui.teamLink)
        m_ui.teamLink(m_id, copy, offer);
    else
        offer({});
}

QString AssignmentRow::linkWords(const TeamLink& link) {
    switch (link.reach) {
    case TeamLink::Reach::phones:
        break;
    case TeamLink::Reach::thisMachine:
        return tr("Copy the address of the team's own page (no phone can reach it: the desk listens on this machine only)");
    case TeamLink::Reach::none:
        return tr("The team has no page of its own: the desk's HTTP door is not open");
    case TeamLink::Reach::notHere:
        return tr("The address of the team's own page is given where the desk runs: this window only reads");
    case TeamLink::Reach::unknown:
        return tr("The address of the team's own page could not be had: %1").arg(Words::sentence(link.why));
    }
    return tr("Copy the address of the team's own page");
}

void AssignmentRow::mouseReleaseEvent(QMouseEvent* event) {
    if (const model::Assignment* a = assignment(); a && event->button() == Qt::LeftButton)
        m_ui.selection.select(a->resource);
}

void AssignmentRow::paintEvent(QPaintEvent*) {
    const model::Assignment* a = assignment();
    if (!a)
        return;
    const Palette& c = m_ui.theme.colours();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(0, height() - 1, width(), 1, c.line);

    const auto& resources = m_ui.desk.state().resources;
    const auto it = resources.find(a->resource);
    const QString glyph = it == resources.end() ? QStringLiteral("team") : Symbols::forResource(it->second);
    const QRectF badge(0, 10, 24, 24);
    p.setPen(Qt::NoPen);
    p.setBrush(c.accent);
    p.drawRoundedRect(badge, 4, 4);
    Symbols::paintGlyph(p, badge.adjusted(3, 3, -3, -3), glyph, c.onAccent);

    QString right;
    if (model::isOnItsWay(*a) && a->blocked) { // by the way that is open
        const auto left = model::leftByOtherWay(*a, m_ui.desk.now());
        right = left ? Words::eta(*left) : tr("no way");
    } else if (a->state == model::AssignmentState::enRoute) {
        const auto progress = model::progressOf(m_ui.desk.state(), *a, m_ui.desk.now());
        right = progress && progress->left.value <= 0 ? tr("arriving") : Words::eta(progress ? progress->left : a->eta);
    } else if (a->state < model::AssignmentState::enRoute) {
        right = Words::eta(model::untilItSetsOut(*a, m_ui.desk.now()) + a->eta);
    } else if (a->arrivedAt) {
        right = Words::age(m_ui.desk.now() - *a->arrivedAt);
    }
    p.setFont(m_ui.theme.font(Theme::Text::title));
    const int rightWidth = p.fontMetrics().horizontalAdvance(right);
    p.setPen(a->state == model::AssignmentState::enRoute ? c.accent : c.text);
    p.drawText(QRect(0, 8, width(), 36), Qt::AlignRight | Qt::AlignVCenter, right);

    const QRect name(36, 8, width() - 36 - rightWidth - 12, 19);
    p.setFont(m_ui.theme.font(Theme::Text::row));
    p.setPen(c.text);
    const QString who = it == resources.end() ? tr("unknown team") : Words::local(it->second.name, m_ui.language);
    p.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, p.fontMetrics().elidedText(who, Qt::ElideMiddle, name.width()));
    p.setFont(m_ui.theme.font(Theme::Text::second));
    p.setPen(c.dim);
    QString second = Words::assignmentState(a->state);
    if (!a->capability.empty())
        second += QStringLiteral(" · ") + Words::capability(a->capability);
    p.drawText(name.translated(0, 18), Qt::AlignLeft | Qt::AlignVCenter,
               p.fontMetrics().elidedText(second, Qt::ElideRight, name.width()));

    const int head = headHeight + (m_warning.isEmpty() ? 0 : warningHeight);
    if (!m_warning.isEmpty()) {
        Symbols::paintGlyph(p, QRectF(36, headHeight - 2, 18, 18), m_glyph, c.text);
        const QRect line(60, headHeight - 4, width() - 60, 22);
        p.setFont(m_ui.theme.font(Theme::Text::bodyBold));
        p.setPen(c.text);
        p.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                   p.fontMetrics().elidedText(m_warning, Qt::ElideRight, line.width()));
    }

    // The steps: what is behind is solid, what is now is a ring, what is ahead is a line.
    const int left = m_round->isVisible()  ? m_round->x()
                     : m_next->isVisible() ? m_next->x()
                                           : m_release->x();
    const double from = 42;
    const double to = std::max(from + 60, left - 22.0);
    const double gap = (to - from) / static_cast<double>(steps.size() - 1);
    const double mid = head + (height() - head - 10) / 2.0;
    double moving = 0;
    if (a->state == model::AssignmentState::enRoute) {
        if (const auto progress = model::progressOf(m_ui.desk.state(), *a, m_ui.desk.now()))
            moving = progress->fraction;
    }
    const auto now = static_cast<int>(a->state) - static_cast<int>(model::AssignmentState::notified);
    const double reached = from + gap * std::max(0, now) + gap * moving;
    p.setPen(QPen(c.line, 2));
    p.drawLine(QPointF(from, mid), QPointF(to, mid));
    p.setPen(QPen(c.accent, 2));
    p.drawLine(QPointF(from, mid), QPointF(std::min(reached, to), mid));
    for (int i = 0; i < static_cast<int>(steps.size()); ++i) {
        const QPointF at(from + gap * i, mid);
        p.setPen(QPen(i <= now ? c.accent : c.line, 2));
        p.setBrush(i < now ? c.accent : c.panel);
        p.drawEllipse(at, i == now ? 5.0 : 3.5, i == now ? 5.0 : 3.5);
    }
}

} // namespace tocsin::gui
