#include "gui/tools/legend.hpp"

#include "gui/map/layers.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCoreApplication>
#include <QPainterPath>
#include <algorithm>

namespace tocsin::gui {
namespace {

constexpr double lineHeight = 26;
constexpr double headHeight = 26;
constexpr double groupGap = 8;
constexpr double symbolWidth = 34;

using model::Grade;
constexpr Grade grades[] = {Grade::I, Grade::II, Grade::III, Grade::IV};
using Paint = std::function<void(QPainter&, const QRectF&)>;

struct Maker {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::LegendPage)
  public:
    explicit Maker(const Theme& t) : theme(t) {}
    const Theme& theme;
    std::vector<LegendGroup> groups;

    void begin(const char* layer, const QString& title) { groups.push_back({QString::fromLatin1(layer), title, {}}); }
    void add(const QString& words, Paint paint) { groups.back().lines.push_back({words, std::move(paint)}); }

    [[nodiscard]] Paint glyph(const QString& name, bool plate = false) const {
        return [this_ = &theme, name, plate](QPainter& p, const QRectF& box) {
            const QRectF square(box.center().x() - 10, box.center().y() - 10, 20, 20);
            if (plate) {
                p.setPen(QPen(this_->colours().line, 1));
                p.setBrush(this_->look() == Theme::Look::dark ? QColor(this_->colours().text) : QColor(Qt::white));
                p.drawRoundedRect(square, 4, 4);
                Symbols::paintGlyph(p, square.adjusted(3, 3, -3, -3), name,
                                    this_->look() == Theme::Look::dark ? this_->colours().window
                                                                       : this_->colours().text);
            } else {
                Symbols::paintGlyph(p, square, name, this_->colours().text);
            }
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
    add(tr("Incident: its hazard, the grade's colour and shape"), [this_ = &theme](QPainter& p, const QRectF& box) {
        Symbols::paintIncident(p, QRectF(box.center().x() - 11, box.center().y() - 11, 22, 22), Grade::II,
                               QStringLiteral("flood"), *this_);
    });
    begin("alarms", tr("Alarms"));
    add(tr("Wants acknowledgement"), severity(Grade::I, true));
    add(tr("Acknowledged, or back to normal"), severity(Grade::I, false));
    begin("reports", tr("Reports"));
    const auto report = [&](bool verified) {
        return [this_ = &theme, verified](QPainter& p, const QRectF& box) {
            Symbols::paintReport(p, QRectF(box.center().x() - 10, box.center().y() - 10, 20, 20), verified,
                                 this_->colours().text, this_->colours().panel);
        };
    };
    add(tr("Not yet verified"), report(false));
    add(tr("Verified"), report(true));
    begin("sensors", tr("Sensors"));
    const auto ring = [&](const QColor& colour, bool stale) {
        return [this_ = &theme, colour, stale](QPainter& p, const QRectF& box) {
            p.setPen(QPen(stale ? this_->colours().faint : colour, 3, stale ? Qt::DotLine : Qt::SolidLine));
            p.setBrush(this_->colours().mapGround);
            p.drawEllipse(box.center(), 6.5, 6.5);
        };
    };
    add(tr("Sensor; its value and trend beside it"), ring(theme.colours().text, false));
    add(tr("Over a limit: the alarm's colour"), ring(theme.grade(Grade::II), false));
    add(tr("Silent for long: grey, with its age"), ring(theme.colours().faint, true));
    begin("earthquakes", tr("Earthquakes"));
    add(tr("Earthquake, the larger the stronger"), [this_ = &theme](QPainter& p, const QRectF& box) {
        p.setBrush(Qt::NoBrush);
        for (const double r : {3.0, 6.5, 10.0}) {
            p.setPen(QPen(this_->colours().text, 1.4));
            p.drawEllipse(box.center(), r, r);
        }
    });
}

void Maker::units() {
    begin("teams", tr("Teams on their way"));
    add(tr("Team, pointing where it goes"), [this_ = &theme](QPainter& p, const QRectF& box) {
        Symbols::paintGlyph(p, QRectF(box.center().x() - 10, box.center().y() - 10, 20, 20),
                            QStringLiteral("chevron-team"), this_->colours().accent);
    });
    begin("routes", tr("Routes"));
    add(tr("Way ahead"), way(Qt::SolidLine, 3, theme.colours().accent));
    add(tr("Proposed, not yet sent"), way(Qt::DashLine, 3, theme.colours().accent));
    begin("resources", tr("Resources"));
    using model::ResourceKind;
    for (const auto kind :
         {ResourceKind::team, ResourceKind::vehicle, ResourceKind::warehouse, ResourceKind::shelter,
          ResourceKind::hospital, ResourceKind::expert, ResourceKind::mobileFacility, ResourceKind::station})
        add(Words::resourceKind(kind), glyph(Symbols::forResourceKind(kind), true));
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
        const QRectF disc(box.center().x() - 8, box.center().y() - 8, 16, 16);
        p.setPen(Qt::NoPen);
        p.setBrush(this_->colours().panel);
        p.drawEllipse(disc);
        Symbols::paintGlyph(p, disc, QStringLiteral("closure"), this_->grade(Grade::I));
    });
    add(tr("Pin"), glyph(QStringLiteral("pin")));
    begin("protected", tr("To be protected"));
    add(tr("School, dam, bridge and the like"), glyph(QStringLiteral("shield")));
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
