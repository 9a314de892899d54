#pragma once

#include "gui/feeds/feed_words.hpp"
#include "tocsin/gui/feeds_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QVector>
#include <QWidget>
#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace tocsin::gui {

class SamplePane;

/// How a feed is configured, with a live preview beside it: paste, fetch or listen for a sample, see what it becomes, save.
class FeedForm : public QWidget {
    Q_OBJECT
  public:
    FeedForm(const UiContext& ui, FeedsDesk& feeds, QWidget* parent = nullptr);
    void edit(const ingest::FeedConfig& feed); ///< one that is there
    void editNew();
    /// The name of the one that is edited; empty for a new one.
    [[nodiscard]] const QString& editing() const { return m_was; }
    [[nodiscard]] bool isDirty() const { return m_dirty; }
    void retranslate();

  signals:
    void saved(const QString& feed);

  private:
    struct Row {
        QWidget* field;
        QLabel* label;
        std::function<QString()> text;
        std::function<bool(ingest::Transport)> wanted;
        bool advanced; ///< seen where "Advanced" is open
    };
    template <typename Field>
    Field* row(Field* field, std::function<QString()> text, std::function<bool(ingest::Transport)> wanted = {});
    template <typename Field>
    Field* advanced(Field* field);
    void makeFields();
    void show(const ingest::FeedConfig& feed);
    void adapt();
    void changed();
    void askRemove();
    void save(bool remove);
    [[nodiscard]] base::Result<ingest::FeedConfig> read() const;

    UiContext m_ui;
    FeedsDesk& m_feeds;
    QString m_was;
    bool m_dirty{false};
    bool m_showing{false};
    QVector<Row> m_rows;
    QFormLayout* m_fields;
    QLineEdit* m_name;
    QCheckBox* m_enabled;
    QComboBox* m_transport;
    QLineEdit* m_address;
    QComboBox* m_format;
    QLineEdit* m_every;
    QLineEdit* m_topics;
    QComboBox* m_qos;
    QComboBox* m_version;
    QLineEdit* m_user;
    QLineEdit* m_password;
    QLineEdit* m_token;
    QLineEdit* m_secret;
    QLineEdit* m_ca;
    QLineEdit* m_certificate;
    QLineEdit* m_key;
    QComboBox* m_datum;
    QLineEdit* m_zone;
    QLineEdit* m_units;
    QLineEdit* m_prefix;
    QCheckBox* m_adopt;
    QCheckBox* m_correct;
    QComboBox* m_trust;
    QLabel* m_oneWay; ///< that nobody is told by this transport
    QLabel* m_trustHint;
    QLineEdit* m_silent;
    QComboBox* m_severity;
    QLineEdit* m_signers;
    QComboBox* m_invalid;
    QComboBox* m_unknown;
    QComboBox* m_unsigned;
    QToolButton* m_more;
    QPlainTextEdit* m_headers;
    QCheckBox* m_follow;
    QLineEdit* m_clientId;
    QCheckBox* m_verify;
    QCheckBox* m_relay;
    QPlainTextEdit* m_mapping;
    QLabel* m_error;
    QPushButton* m_save;
    QPushButton* m_remove;
    SamplePane* m_pane{nullptr};
    ingest::FeedConfig m_base; ///< what the form does not show stays as it was
};

} // namespace tocsin::gui
