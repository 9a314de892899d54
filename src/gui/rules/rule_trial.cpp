#include "gui/rules/rule_trial.hpp"

#include "tocsin/detect/past.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace tocsin::gui {

namespace {

constexpr std::array days{1, 7, 30, 365, 3'650};
constexpr std::size_t mostRows = 500;

double partOf(base::Time from, base::Time to, base::Time at) {
    const double all = std::chrono::duration<double>(to - from).count();
    return all <= 0 ? 0 : std::clamp(std::chrono::duration<double>(at - from).count() / all, 0.0, 1.0);
}

} // namespace

FiringStrip::FiringStrip(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FiringStrip::set(base::Time from, base::Time to, std::vector<detect::Firing> firings, model::Grade grade) {
    m_from = from;
    m_to = to;
    m_firings = std::move(firings);
    m_grade = grade;
    m_marked.reset();
    update();
}

void FiringStrip::mark(std::optional<std::size_t> firing) {
    m_marked = firing;
    update();
}

void FiringStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& colours = m_theme.colours();
    const QRectF band(0.5, 8.5, width() - 1.0, 24);
    painter.setPen(QPen(colours.line, 1));
    painter.setBrush(colours.raised);
    painter.drawRect(band);
    if (m_to <= m_from)
        return;
    const QColor colour = m_theme.grade(m_grade);
    for (std::size_t i = 0; i < m_firings.size(); ++i) {
        const auto& firing = m_firings[i];
        const double left = band.left() + band.width() * partOf(m_from, m_to, firing.from);
        const double right = band.left() + band.width() * partOf(m_from, m_to, firing.until.value_or(m_to));
        const QRectF bar(left, band.top() + 1, std::max(2.0, right - left), band.height() - 1);
        painter.fillRect(bar, colour);
        if (m_marked == i) { // a frame and a pointer: not by colour alone
            painter.setPen(QPen(colours.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(bar.adjusted(-2, -3, 2, 3));
        }
    }
    painter.setPen(colours.dim);
    painter.setFont(m_theme.font(Theme::Text::hint));
    const QRectF under(0, band.bottom() + 2, width(), height() - band.bottom() - 2);
    painter.drawText(under, Qt::AlignLeft | Qt::AlignTop, Words::moment(m_from, m_to, locale().name()));
    painter.drawText(under, Qt::AlignRight | Qt::AlignTop, Words::moment(m_to, m_to, locale().name()));
}

RuleTrial::RuleTrial(const UiContext& ui, RulesDesk& desk, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_desk(desk), m_heading(new QLabel(this)), m_range(new QComboBox(this)),
      m_run(new QPushButton(this)), m_progress(new QProgressBar(this)), m_summary(new QLabel(this)),
      m_strip(new FiringStrip(ui.theme, this)), m_list(new QListWidget(this)) {
    m_heading->setFont(ui.theme.font(Theme::Text::bodyBold));
    m_range->setObjectName(QStringLiteral("trialRange"));
    m_run->setObjectName(QStringLiteral("trialRun"));
    m_run->setAutoDefault(false);
    m_progress->setObjectName(QStringLiteral("trialProgress"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->hide();
    m_summary->setObjectName(QStringLiteral("trialSummary"));
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::PlainText);
    m_list->setObjectName(QStringLiteral("trialFirings"));
    m_list->setUniformItemSizes(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 16, 12);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->addWidget(m_heading, 1);
    head->addWidget(m_range);
    head->addWidget(m_run);
    column->addLayout(head);
    column->addWidget(m_progress);
    column->addWidget(m_summary);
    column->addWidget(m_strip);
    column->addWidget(m_list, 1);
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (m_running)
            cancel();
        else
            run();
    });
    connect(m_list, &QListWidget::currentRowChanged, this,
            [this](int row) { m_strip->mark(row < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(row))); });
    retranslate();
    m_range->setCurrentIndex(2);
}

RuleTrial::~RuleTrial() {
    m_stop.request_stop();
}

bool RuleTrial::canRun() const {
    return m_rule.has_value();
}

void RuleTrial::setRule(const detect::Rule* rule, const std::vector<detect::Rule>& all) {
    cancel();
    m_rule.reset();
    m_others.clear();
    if (rule != nullptr) {
        m_rule = *rule;
        for (const auto& other : all) {
            if (other.id != rule->id)
                m_others.push_back(other);
        }
    }
    m_list->clear();
    m_strip->clear();
    m_run->setEnabled(canRun());
    say(m_rule ? tr("See when this rule would have fired, before it does so at night.") : QString());
}

void RuleTrial::run() {
    if (!canRun() || m_running)
        return;
    m_running = true;
    m_stop = std::stop_source();
    const auto asked = ++m_asked;
    const auto to = m_ui.desk.now();
    const auto from = to - std::chrono::hours(24 * days.at(static_cast<std::size_t>(std::max(0, m_range->currentIndex()))));
    m_list->clear();
    m_strip->set(from, to, {}, m_rule->severity);
    m_progress->setValue(0);
    m_progress->show();
    m_run->setText(tr("Cancel"));
    say(tr("Reading the stored past …"));
    m_desk.backtest(
        *m_rule, m_others, from, to, m_stop.get_token(), this,
        [this, asked](double part) {
            if (asked == m_asked)
                m_progress->setValue(static_cast<int>(part * 1000));
        },
        [this, asked, from, to](const base::Result<detect::Backtest>& result) {
            if (asked != m_asked)
                return;
            m_running = false;
            m_progress->hide();
            m_run->setText(tr("Try it"));
            if (!result) {
                say(result.error().code == base::Code::cancelled ? tr("Cancelled.") : Words::refusal(result.error()),
                    result.error().code != base::Code::cancelled);
                return;
            }
            m_strip->set(from, to, result->firings, m_rule ? m_rule->severity : model::Grade::IV);
            found(*result);
        });
}

void RuleTrial::cancel() {
    if (!m_running)
        return;
    m_stop.request_stop();
    ++m_asked; // what still comes of it is not waited for
    m_running = false;
    m_progress->hide();
    m_run->setText(tr("Try it"));
    say(tr("Cancelled."));
}

void RuleTrial::found(const detect::Backtest& result) {
    const auto now = m_ui.desk.now();
    const bool messages = m_rule && detect::isOverMessages(*m_rule);
    if (result.readings == 0 && result.all == 0) {
        say(messages ? tr("No such messages came in this time.")
                     : tr("There are no readings of its sensors in this time."));
        return;
    }
    const QString looked = Words::number(static_cast<double>(result.readings), 0);
    if (result.all == 0) {
        say((messages ? tr("It would not have fired: %1 messages looked at.")
                      : tr("It would not have fired: %1 readings looked at."))
                .arg(looked));
        return;
    }
    QString sentence;
    if (result.all == 1)
        sentence = (messages ? tr("It would have fired once (%1 messages looked at).")
                             : tr("It would have fired once (%1 readings looked at)."))
                       .arg(looked);
    else
        sentence = (messages ? tr("It would have fired %1 times, at most %2 in one minute (%3 messages looked at).")
                             : tr("It would have fired %1 times, at most %2 in one minute (%3 readings looked at)."))
                       .arg(Words::number(static_cast<double>(result.all), 0),
                            Words::number(static_cast<double>(result.mostInAMinute), 0), looked);
    const bool tooOften = m_rule && detect::tooOften(*m_rule, result).has_value();
    if (tooOften)
        sentence += QLatin1Char(' ') + tr("That is too often for one person: give it a delay, a hysteresis or a higher limit.");
    say(sentence, tooOften);
    const QSignalBlocker quiet(m_list);
    for (std::size_t i = 0; i < result.firings.size() && i < mostRows; ++i) {
        const auto& firing = result.firings[i];
        QStringList parts{Words::moment(firing.from, now, m_ui.language)};
        parts << (firing.until ? Words::span(*firing.until - firing.from) : tr("still"));
        const auto& sensors = m_ui.desk.state().sensors;
        if (!firing.what.empty())
            parts << Words::local(firing.what, m_ui.language);
        else if (const auto sensor = sensors.find(firing.sensor); sensor != sensors.end())
            parts << Words::local(sensor->second.name, m_ui.language) << Words::value(firing.value, sensor->second.unit);
        else
            parts << Words::number(firing.value);
        m_list->addItem(parts.join(QStringLiteral("  ·  ")));
    }
    if (result.all > mostRows) {
        auto* more = new QListWidgetItem(tr("… and %1 more").arg(result.all - mostRows), m_list);
        more->setFlags(Qt::NoItemFlags);
    }
}

void RuleTrial::say(const QString& sentence, bool bad) {
    m_summary->setProperty("role", bad ? QStringLiteral("error") : QStringLiteral("dim"));
    m_summary->style()->unpolish(m_summary);
    m_summary->style()->polish(m_summary);
    m_summary->setText(sentence);
}

void RuleTrial::retranslate() {
    m_heading->setText(tr("Over the stored past"));
    const QSignalBlocker quiet(m_range);
    const int kept = m_range->currentIndex();
    m_range->clear();
    m_range->addItems({tr("last day"), tr("last 7 days"), tr("last 30 days"), tr("last year"), tr("last 10 years")});
    m_range->setCurrentIndex(std::max(0, kept));
    m_range->setAccessibleName(tr("How far back"));
    m_run->setText(m_running ? tr("Cancel") : tr("Try it"));
    m_list->setAccessibleName(tr("When it would have fired"));
    m_strip->setAccessibleName(tr("When it would have fired"));
}

} // namespace tocsin::gui
