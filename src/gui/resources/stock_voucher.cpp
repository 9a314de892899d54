#include "gui/resources/stock_voucher.hpp"

#include "gui/dispatch/dispatch_page.hpp"
#include "gui/panels/sentence.hpp"
#include "tocsin/gui/panels/entry_sentence.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tocsin::gui {

namespace {

class Voucher {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::Voucher)
  public:
    Voucher(const model::Entry& entry, const model::State& state, const QString& language)
        : m_entry(entry), m_document(entry.data.at("document")), m_state(state), m_language(language), m_images(entryImages(entry.data)) {}

    [[nodiscard]] QString title() const { return tr("Stock voucher %1").arg(textField(m_document, "number")); }

    [[nodiscard]] QString html() const {
        const QString supply = localField(m_document, "name", m_language);
        const QString code = textField(m_document, "code");
        const QString unit = Words::unit(textField(m_document, "unit").toStdString());
        std::vector<std::pair<QString, QString>> lines;
        if (m_state.desk.exercise)
            lines.emplace_back(tr("Note"), tr("EXERCISE"));
        lines.emplace_back(tr("What"), act());
        lines.emplace_back(tr("When"), Words::dateTime(m_entry.time).toString(QStringLiteral("yyyy-MM-dd HH:mm")));
        lines.emplace_back(tr("Supply"), supply.isEmpty() ? code : QStringLiteral("%1 (%2)").arg(supply, code));
        lines.emplace_back(tr("Batch"), textField(m_document, "batch"));
        lines.emplace_back(tr("Quantity"), number("quantity") + QLatin1Char(' ') + unit);
        lines.emplace_back(tr("There before"), number("before") + QLatin1Char(' ') + unit);
        lines.emplace_back(tr("From"), place("from"));
        lines.emplace_back(tr("To"), place("to"));
        lines.emplace_back(tr("Incident"), incident());
        lines.emplace_back(tr("Reason"), textField(m_document, "reason"));
        lines.emplace_back(tr("Written by"), entryActor(m_entry));
        QString out = QStringLiteral("<h2>%1</h2><p>%2</p><table border='1' cellspacing='0' cellpadding='5' width='100%'>")
                          .arg(title().toHtmlEscaped(), Words::local(m_state.desk.county, m_language).toHtmlEscaped());
        for (const auto& [label, text] : lines) {
            if (!text.isEmpty())
                out += QStringLiteral("<tr><td width='25%'><b>%1</b></td><td>%2</td></tr>").arg(label.toHtmlEscaped(), text.toHtmlEscaped());
        }
        out += QStringLiteral("</table><p>&nbsp;</p><table border='0' cellspacing='0' cellpadding='12' width='100%'>");
        for (const QString& who : {tr("Handed over by"), tr("Received by"), tr("Keeper of the store")})
            out += QStringLiteral("<tr><td width='25%'>%1</td><td>________________________</td><td>%2 ____________</td></tr>")
                       .arg(who.toHtmlEscaped(), tr("Date").toHtmlEscaped());
        return out + QStringLiteral("</table>");
    }

  private:
    [[nodiscard]] QString act() const {
        const QString what = textField(m_document, "act");
        return what == QLatin1String("receipt")    ? tr("Stock in")
               : what == QLatin1String("issue")    ? tr("Stock out")
               : what == QLatin1String("transfer") ? tr("Transfer")
               : what == QLatin1String("count")    ? tr("Count")
                                                   : tr("Write off");
    }
    [[nodiscard]] QString number(const char* key) const {
        const auto found = m_document.find(key);
        return Words::number(found != m_document.end() && found->is_number() ? found->get<double>() : 0);
    }
    /// As it was called then; with its number and its place.
    [[nodiscard]] QString place(const char* key) const {
        const auto id = model::ResourceId::parse(textField(m_document, key).toStdString());
        if (!id)
            return {};
        const model::Resource* found = nullptr;
        for (const auto& image : m_images.resources)
            found = image.id == *id ? &image : found;
        if (const auto now = m_state.resources.find(*id); found == nullptr && now != m_state.resources.end())
            found = &now->second;
        if (found == nullptr)
            return tr("unknown");
        QStringList out{Words::local(found->name, m_language)};
        if (!found->key.empty())
            out << Words::plain(found->key);
        if (!found->place.empty())
            out << Words::local(found->place, m_language);
        return out.join(QStringLiteral(", "));
    }
    [[nodiscard]] QString incident() const {
        const auto id = model::IncidentId::parse(textField(m_document, "incident").toStdString());
        const auto found = id ? m_state.incidents.find(*id) : m_state.incidents.end();
        return found == m_state.incidents.end()
                   ? QString()
                   : Words::plain(found->second.number) + QLatin1Char(' ') + Words::local(found->second.title, m_language);
    }

    const model::Entry& m_entry;
    const nlohmann::json& m_document;
    const model::State& m_state;
    QString m_language;
    EntryImages m_images;
};

} // namespace

bool isStockDocument(const model::Entry& entry) {
    if (entry.type != "stock.moved" || !entry.data.is_object())
        return false;
    const auto document = entry.data.find("document");
    return document != entry.data.end() && document->is_object();
}

QString voucherHtml(const model::Entry& entry, const model::State& state, const QString& language) {
    return isStockDocument(entry) ? Voucher(entry, state, language).html() : QString();
}

void printVoucher(const UiContext& ui, const model::Entry& entry, QWidget* parent) {
    if (!isStockDocument(entry))
        return;
    const Voucher voucher(entry, ui.desk.state(), ui.language);
    printHtml(voucher.title(), voucher.html(), parent);
}

} // namespace tocsin::gui
