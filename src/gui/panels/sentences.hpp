#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <string_view>
#include <vector>

namespace tocsin::gui {

/// The desk below the window speaks English: its refusals and the reasons for what went to quarantine. This is what they are in
/// another language, by a table of a line a sentence: English, a tab, the other; `{}` stands for what the sentence speaks of,
/// `{1}`, `{2}` … where the other language has it in another order. A sentence that nobody sees has "-" for its words; a line
/// that begins with "## " is a remark. Immutable; any thread.
class Sentences {
  public:
    explicit Sentences(std::string_view table);

    /// The sentence in the table's language. What stands in its gaps is looked up in turn ("photo 2: no picture"); a sentence
    /// that the table does not know stays as it is.
    [[nodiscard]] QString translated(const QString& english) const;

  private:
    struct Pattern {
        QStringList pieces; ///< what stands round the gaps, one more than those
        QString words;
        qsizetype letters{0}; ///< of the pieces together
    };

    [[nodiscard]] const Pattern* find(const QString& english, QStringList& gaps) const;
    [[nodiscard]] QString translated(const QString& english, int depth) const;

    QHash<QString, std::vector<Pattern>> m_byFirstWord; ///< those that begin with a gap stand under nothing
};

} // namespace tocsin::gui
