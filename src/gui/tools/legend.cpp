#include "gui/tools/legend.hpp"

#include "gui/map/layers.hpp"
#include "gui/map/sprites.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCoreApplication>
#include <QPainterPath>
#include <algorithm>
#include <optional>

namespace tocsin::gui {
namespace {

constexpr double lineHeight = 26;
constexpr double headHeight = 26;
constexpr double groupGap = 8;
constexpr double symbolWidth = 34;

using model::Grade;
constexpr Grade grades[] = {Grade::I, Grade::II, Grade::III, Grade::IV};
using Paint = std::function<void(QPainter&, const QRectF&)>;
using Form = SymbolLook::Form;

SymbolLook look(Form form, std::optional<Grade> grade, int state, int edge, const QString& glyph = {}) {
    SymbolLook out;
    out.form = form;
    out.grade = grade ? static_cast<std::uint8_t>(*grade) : 0;
    out.state = static_cast<std::uint8_t>(state);
    out.edge = static_cast<std::uint8_t>(edge);
    out.glyph = glyph;
    return out;
}

struct Maker {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::LegendPage)
  public:
    explicit Maker(const Theme& t) : theme(t) {}
    const Theme& theme;
    std::vector<LegendGroup> groups;

    void begin(const char* layer, const QString& title) { groups.push_back({QString::fromLatin1(layer), title, {}}); }
    void add(const QString& words, Paint paint) { groups.back().lines.push_back({words, std::move(paint)}); }

    /// The map's own symbol, as large as fits a line.
    [[nodiscard]] Paint symbol(const SymbolLook& which, double scale = 1) const {
        return [this_ = &theme, which, scale](QPainter& p, const QRectF& box) {
            p.translate(box.center());
            p.scale(scale, scale);
            paintSymbol(p, which, *this_);
        };
    }
    [[nodiscard]] Paint severity(Grade grade, bool filled) const {
        return [this_ = &theme, grade, filled](QPainter& p, const QRectF& box) {
            Symbols::paintSeverity(p, QRectF(box.center().x() - 9, box.center().y() - 9, 18, 18), grade, *this_,
                                   filled);
        };
    }
    [[nodiscard]] Paint way(Qt::PenStyle style, double width, const QColor& colour) const {
        return [style, width, colour](QPainter& p, const QRectF& box) {
            p.setPen(QPen(colour, width, style, Qt::FlatCap));
            p.drawLine(QPointF(box.left() + 1, box.center().y()), QPointF(box.right() - 1, box.center().y()));
        };
    }
    [[nodiscard]] Paint patch(const QColor& colour, Qt::BrushStyle style, int wash) const {
        return [colour, style, wash](QPainter& p, const QRectF& box) {
            const QRectF r = box.adjusted(1.5, 3.5, -1.5, -3.5);
            QColor fill = colour;
            fill.setAlpha(wash);
            p.setPen(Qt::NoPen);
            p.setBrush(fill);
            p.drawRect(r);
            if (style == Qt::BDiagPattern) { // by hand: a pattern brush would not scale on paper
                p.save();
                p.setClipRect(r);
                QColor line = colour;
                line.setAlpha(170);
                p.setPen(QPen(line, 1.4));
                for (double x = r.left() - r.height(); x < r.right(); x += 7)
                    p.drawLine(QPointF(x, r.bottom()), QPointF(x + r.height(), r.top()));
                p.restore();
            }
            p.setBrush(Qt::NoBrush);
            p.setPen(QPen(colour, 1.6));
            p.drawRect(r);
        };
    }

    void things();
    void units();
    void areas(const std::vector<int>& minutes);
};

void Maker::things() {
    begin("", tr("Grade"));
    for (const Grade grade : grades)
        add(Words::severity(grade), severity(grade, true));
    begin("incidents", tr("Incidents"));
    add(tr("Its hazard, its grade's colour"),
        symbol(look(Form::incident, Grade::II, 0, 26, QStringLiteral("flood")), 0.8));
    begin("alarms", tr("Alarms"));
    add(tr("Wants acknowledgement"), symbol(look(Form::alarm, Grade::I, SymbolLook::wanting, 28), 0.7));
    add(tr("Normal again, not acknowledged"), symbol(look(Form::alarm, Grade::I, SymbolLook::returned, 28), 0.7));
    add(tr("Acknowledged"), symbol(look(Form::alarm, Grade::I, SymbolLook::acknowledged, 28), 0.7));
    add(tr("Shelved, suppressed or out of service"), symbol(look(Form::alarm, Grade::I, SymbolLook::setAside, 22), 0.8));
    begin("reports", tr("Reports"));
    add(tr("Not yet verified"), symbol(look(Form::report, {}, 0, 25), 0.85));
    add(tr("Verified"), symbol(look(Form::report, {}, 1, 25), 0.85));
    begin("sensors", tr("Sensors"));
    add(tr("Its value and trend beside it"), symbol(look(Form::sensor, {}, SymbolLook::fresh, 15)));
    add(tr("Over a limit, as the alarm"), symbol(look(Form::sensor, Grade::II, SymbolLook::fresh, 15)));
    add(tr("Silent for long, with its age"), symbol(look(Form::sensor, {}, SymbolLook::stale, 15)));
    begin("earthquakes", tr("Earthquakes"));
    add(tr("The larger, the stronger"), symbol(look(Form::earthquake, {}, 0, 17), 0.85));
}

void Maker::units() {
    begin("teams", tr("Teams on their way"));
    add(tr("Points where it goes"), symbol(look(Form::team, {}, SymbolLook::driving, 26), 0.8));
    begin("units", tr("Units in the field"));
    const auto unit = [](std::uint8_t state, const char* glyph) {
        return look(Form::unit, {}, state, 20, QString::fromLatin1(glyph));
    };
    add(tr("Tells where it is and where it goes"), symbol(unit(SymbolLook::heading, "person"), 0.75));
    add(tr("One of our resources"), symbol(unit(SymbolLook::ours, "vehicle"), 0.8));
    add(tr("Not heard for long, with its age"), symbol(unit(SymbolLook::old, "boat"), 0.8));
    add(tr("Calls for help"), symbol(unit(SymbolLook::calling, "person"), 0.65));
    begin("routes", tr("Routes"));
    add(tr("Way ahead"), way(Qt::SolidLine, 3, theme.colours().accent));
    add(tr("Proposed, not yet sent"), way(Qt::DashLine, 3, theme.colours().accent));
    begin("resources", tr("Resources"));
    using model::ResourceKind;
    for (const auto kind :
         {ResourceKind::team, ResourceKind::vehicle, ResourceKind::warehouse, ResourceKind::shelter,
          ResourceKind::hospital, ResourceKind::expert, ResourceKind::mobileFacility, ResourceKind::station,
          ResourceKind::enterprise, ResourceKind::volunteer, ResourceKind::gridMember, ResourceKind::partner})
        add(Words::resourceKind(kind), symbol(look(Form::resource, {}, 0, 22, Symbols::forResourceKind(kind)), 0.95));
}

void Maker::areas(const std::vector<int>& minutes) {
    begin("warnings", tr("Warnings"));
    for (const Grade grade : grades)
        add(tr("Warning %1", "numeral and colour").arg(Words::severity(grade)),
            patch(theme.grade(grade), Qt::BDiagPattern, 22));
    begin("drawings", tr("Drawn here"));
    add(tr("Area"), patch(theme.colours().accent, Qt::NoBrush, 36));
    add(tr("Closed: routes avoid it"), [this_ = &theme](QPainter& p, const QRectF& box) {
        p.setPen(QPen(this_->grade(Grade::I), 3, Qt::DashLine, Qt::FlatCap));
        p.drawLine(QPointF(box.left() + 1, box.center().y()), QPointF(box.right() - 1, box.center().y()));
        p.translate(box.center());
        p.scale(0.75, 0.75);
        paintSymbol(p, look(Form::closure, {}, 0, 22, QStringLiteral("closure")), *this_);
    });
    add(tr("Pin"), symbol(look(Form::pin, {}, 0, 24, QStringLiteral("pin")), 0.75));
    begin("protected", tr("To be protected"));
    add(tr("School, dam, bridge …"), symbol(look(Form::object, {}, 0, 19, QStringLiteral("shield"))));
    begin("heat", tr("Heat of reports"));
    add(tr("The brighter, the more reports"), [this_ = &theme](QPainter& p, const QRectF& box) {
        QLinearGradient ramp(box.topLeft(), box.topRight());
        QColor none = this_->grade(Grade::II);
        none.setAlpha(0);
        ramp.setColorAt(0, none);
        ramp.setColorAt(1, this_->grade(Grade::I));
        p.setPen(Qt::NoPen);
        p.setBrush(ramp);
        p.drawRect(box.adjusted(1, 5, -1, -5));
    });
    begin("hotspots", tr("Hot spots of reports"));
    add(tr("More is reported there than usual; the heavier the ring, the stronger"), [this_ = &theme](QPainter& p, const QRectF& box) {
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(this_->colours().text, 2, Qt::DashLine));
        p.drawEllipse(box.center(), 8, 8);
        p.setPen(QPen(this_->colours().text, 1));
        p.drawEllipse(box.center(), 4, 4);
    });
    begin("cover", tr("If the next call comes now"));
    const auto disc = [this_ = &theme](bool full, double width, bool crossed) {
        return [=](QPainter& p, const QRectF& box) {
            QColor wash = this_->colours().accent;
            wash.setAlphaF(full ? 0.28F : 0.0F);
            p.setBrush(wash);
            p.setPen(width > 0 ? QPen(crossed ? this_->colours().text : this_->colours().accent, width) : QPen(Qt::NoPen));
            p.drawEllipse(box.center(), 7, 7);
            if (crossed) {
                p.drawLine(box.center() + QPointF(-4, -4), box.center() + QPointF(4, 4));
                p.drawLine(box.center() + QPointF(-4, 4), box.center() + QPointF(4, -4));
            }
        };
    };
    add(tr("Help can be there in time"), disc(true, 0, false));
    add(tr("Later than before the plan"), disc(true, 2.5, false));
    add(tr("Has lost its cover"), disc(false, 3, true));
    begin("reach", tr("Reach by road"));
    for (std::size_t i = 0; i < minutes.size(); ++i) {
        add(tr("within %1 min").arg(minutes[i]), way(Qt::SolidLine, 7, ReachLayer::shade(theme, i, minutes.size())));
    }
}

} // namespace

std::vector<LegendGroup> legendFor(const Theme& theme, const std::vector<int>& minutes) {
    Maker maker(theme);
    maker.things();
    maker.units();
    maker.areas(minutes);
    return std::move(maker.groups);
}

std::vector<LegendGroup> onlyVisible(std::vector<LegendGroup> groups, const std::vector<LayerInfo>& layers) {
    std::erase_if(groups, [&](const LegendGroup& group) {
        if (group.layer.isEmpty())
            return false;
        const auto found =
            std::find_if(layers.begin(), layers.end(), [&](const LayerInfo& each) { return each.name == group.layer; });
        return found == layers.end() || !found->visible || found->shown == 0;
    });
    return groups;
}

double paintLegend(QPainter* painter, const QPointF& at, const std::vector<LegendGroup>& groups, const Theme& theme,
                   const LegendLayout& layout) {
    const double s = layout.scale;
    QFont head = theme.font(Theme::Text::bodyBold);
    QFont body = theme.font(Theme::Text::second);
    head.setPixelSize(std::max(1, qRound(head.pixelSize() * s)));
    body.setPixelSize(std::max(1, qRound(body.pixelSize() * s)));
    double x = at.x();
    double y = at.y();
    double lowest = y;
    int column = 0;
    for (const LegendGroup& group : groups) {
        const double needed = (headHeight + lineHeight * static_cast<double>(group.lines.size())) * s;
        if (y > at.y() && y + needed > at.y() + layout.height) {
            if (++column >= layout.columns)
                break; // no more room: what came first matters most
            x += layout.width + 16 * s;
            y = at.y();
        }
        if (painter != nullptr) {
            painter->setFont(head);
            painter->setPen(theme.colours().text);
            painter->drawText(QRectF(x, y, layout.width, headHeight * s), Qt::AlignLeft | Qt::AlignVCenter,
                              group.title);
        }
        y += headHeight * s;
        for (const LegendLine& line : group.lines) {
            if (painter != nullptr) {
                painter->save();
                painter->setRenderHint(QPainter::Antialiasing);
                painter->translate(x, y + 2 * s);
                painter->scale(s, s);
                line.paint(*painter, QRectF(0, 0, symbolWidth, 22));
                painter->restore();
                painter->setFont(body);
                painter->setPen(theme.colours().dim);
                const QRectF room(x + (symbolWidth + 10) * s, y, layout.width - (symbolWidth + 10) * s, lineHeight * s);
                painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                                  QFontMetricsF(body).elidedText(line.words, Qt::ElideRight, room.width()));
            }
            y += lineHeight * s;
        }
        y += groupGap * s;
        lowest = std::max(lowest, y);
    }
    return lowest - at.y();
}

// ---- the page

LegendPage::LegendPage(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setObjectName(QStringLiteral("legendPage"));
    connect(&theme, &Theme::changed, this, &LegendPage::retranslate);
    retranslate();
}

void LegendPage::setMinutes(std::vector<int> minutes) {
    if (minutes == m_minutes)
        return;
    m_minutes = std::move(minutes);
    retranslate();
}

void LegendPage::retranslate() {
    m_groups = legendFor(m_theme, m_minutes);
    QStringList all;
    for (const LegendGroup& group : m_groups) {
        QStringList lines;
        for (const LegendLine& line : group.lines)
            lines << line.words;
        all << group.title + QStringLiteral(": ") + lines.join(QStringLiteral(", "));
    }
    setAccessibleName(tr("Legend"));
    setAccessibleDescription(all.join(QStringLiteral(". ")));
    setMinimumHeight(sizeHint().height());
    updateGeometry();
    update();
}

QSize LegendPage::sizeHint() const {
    return {300, static_cast<int>(paintLegend(nullptr, {0, 0}, m_groups, m_theme, {})) + 16};
}

void LegendPage::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    LegendLayout layout;
    layout.width = width() - 28;
    paintLegend(&painter, {14, 6}, m_groups, m_theme, layout);
}

} // namespace tocsin::gui
