#include "xml_signature.hpp"

#include "decode_place.hpp"

#include <algorithm>
#include <array>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/valid.h>
#include <libxml/xmlerror.h>
#include <mutex>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <span>
#include <utility>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

namespace tocsin::ingest::signature {

namespace {

using namespace std::string_view_literals;

constexpr auto dsig = "http://www.w3.org/2000/09/xmldsig#"sv;
constexpr std::size_t maxCertificates = 10;
constexpr int maxTransforms = 6;

constexpr std::array canonicalForms{
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"sv, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"sv,
    "http://www.w3.org/2006/12/xml-c14n11"sv,            "http://www.w3.org/2006/12/xml-c14n11#WithComments"sv,
    "http://www.w3.org/2001/10/xml-exc-c14n#"sv,         "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"sv};
constexpr auto enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"sv;
constexpr std::array digests{"http://www.w3.org/2000/09/xmldsig#sha1"sv, "http://www.w3.org/2001/04/xmldsig-more#sha224"sv,
                             "http://www.w3.org/2001/04/xmlenc#sha256"sv,
                             "http://www.w3.org/2001/04/xmldsig-more#sha384"sv,
                             "http://www.w3.org/2001/04/xmlenc#sha512"sv};
constexpr std::array methods{"http://www.w3.org/2000/09/xmldsig#rsa-sha1"sv,
                             "http://www.w3.org/2001/04/xmldsig-more#rsa-sha224"sv,
                             "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"sv,
                             "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"sv,
                             "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"sv,
                             "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1"sv,
                             "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha224"sv,
                             "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"sv,
                             "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384"sv,
                             "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"sv};

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& known, std::string_view word) {
    return std::find(known.begin(), known.end(), word) != known.end();
}

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}
const xmlChar* chars(const char* text) {
    return reinterpret_cast<const xmlChar*>(text);
}

bool is(const xmlNode* node, std::string_view name) {
    return node->type == XML_ELEMENT_NODE && node->ns != nullptr && view(node->ns->href) == dsig &&
           view(node->name) == name;
}

std::string attributeOf(xmlNode* node, const char* name) {
    xmlChar* value = xmlGetNoNsProp(node, chars(name));
    std::string out(view(value));
    xmlFree(value);
    return out;
}

std::string textOf(xmlNode* node) {
    xmlChar* value = xmlNodeGetContent(node);
    std::string out(view(value));
    xmlFree(value);
    return out;
}

/// The only child of that name; null where there is none or more than one.
xmlNode* only(xmlNode* parent, std::string_view name) {
    xmlNode* found = nullptr;
    for (xmlNode* child = parent->children; child != nullptr; child = child->next) {
        if (!is(child, name))
            continue;
        if (found != nullptr)
            return nullptr;
        found = child;
    }
    return found;
}

/// Calls `use` for each element below, and for `top` itself. No recursion: depth is the sender's.
template <typename Use>
void eachElement(xmlNode* top, Use use) {
    for (xmlNode* at = top; at != nullptr;) {
        if (at->type == XML_ELEMENT_NODE)
            use(at);
        if (at->type == XML_ELEMENT_NODE && at->children != nullptr) {
            at = at->children;
            continue;
        }
        while (at != top && at->next == nullptr)
            at = at->parent;
        at = at == top ? nullptr : at->next;
    }
}

/// The attribute by which others may call an element.
xmlAttr* idOf(xmlNode* element) {
    for (xmlAttr* one = element->properties; one != nullptr; one = one->next)
        if (lowered(view(one->name)) == "id")
            return one;
    return nullptr;
}

std::string valueOf(const xmlAttr* attribute) {
    xmlChar* value = xmlNodeListGetString(attribute->doc, attribute->children, 1);
    std::string out(view(value));
    xmlFree(value);
    return out;
}

bool isPlainName(std::string_view id) {
    return !id.empty() && id.size() <= 200 &&
           std::all_of(id.begin(), id.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                      c == '-' || c == '.';
           });
}

/// Both libraries write to stderr of their own; once for all, for there is no end to it before the program's.
void begin() {
    static std::once_flag once;
    std::call_once(once, [] {
        xmlInitParser();
        (void)xmlSecInit();
        (void)xmlSecOpenSSLInit();
        xmlSecErrorsSetCallback([](const char*, int, const char*, const char*, const char*, int, const char*) {});
    });
}

/// libxml2's words of this thread are nobody's while this lives.
class Quiet {
  public:
    Quiet() : m_context(xmlStructuredErrorContext), m_before(xmlStructuredError) {
        xmlSetStructuredErrorFunc(nullptr, [](void*, xmlErrorPtr) {});
    }
    ~Quiet() { xmlSetStructuredErrorFunc(m_context, m_before); }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;

  private:
    void* m_context;
    xmlStructuredErrorFunc m_before;
};

} // namespace

struct SignedDocument::Tree {
    xmlDoc* document{nullptr};
    xmlNode* root{nullptr};
    xmlNode* signature{nullptr};
    ~Tree() { xmlFreeDoc(document); }
};

SignedDocument::SignedDocument() : m_tree(std::make_unique<Tree>()) {}
SignedDocument::~SignedDocument() = default;

std::optional<std::string> SignedDocument::read(std::string_view utf8, bool withoutBlanks) {
    begin();
    const Quiet quiet;
    Tree& tree = *m_tree;
    // As parseXml reads it: the same tree is decoded and verified.
    tree.document = xmlReadMemory(utf8.data(), static_cast<int>(utf8.size()), nullptr, "UTF-8",
                                  XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                      (withoutBlanks ? XML_PARSE_NOBLANKS : 0));
    tree.root = tree.document == nullptr ? nullptr : xmlDocGetRootElement(tree.document);
    if (tree.root == nullptr || tree.document->intSubset != nullptr)
        return "it is no XML document by itself";
    std::size_t found = 0;
    eachElement(tree.root, [&](xmlNode* element) {
        if (is(element, "Signature") && ++found == 1)
            tree.signature = element;
    });
    if (found != 1)
        return std::to_string(found) + " signatures, where one of the whole alert must be";
    if (tree.signature->parent != tree.root)
        return "the signature stands inside of <" + excerpt(view(tree.signature->parent->name)) +
               ">, so it is none of the whole alert";
    xmlNode* info = only(tree.signature, "SignedInfo");
    if (info == nullptr || only(tree.signature, "SignatureValue") == nullptr)
        return "it has no <SignedInfo> or no <SignatureValue>";
    if (!isBase64(textOf(only(tree.signature, "SignatureValue"))))
        return "the signature's value is not base64 as it is written";
    xmlNode* form = only(info, "CanonicalizationMethod");
    xmlNode* method = only(info, "SignatureMethod");
    if (form == nullptr || !isOneOf(canonicalForms, attributeOf(form, "Algorithm")))
        return "the canonical form of what is signed is not one that is safe";
    const std::string algorithm = method == nullptr ? std::string() : attributeOf(method, "Algorithm");
    if (!isOneOf(methods, algorithm))
        return "the signature's method \"" + excerpt(algorithm, 80) + "\" is not one that is safe";
    m_sha1 = algorithm.ends_with("sha1");
    if (xmlNode* keys = only(tree.signature, "KeyInfo"))
        readKeys(keys);
    xmlNode* reference = only(info, "Reference");
    if (reference == nullptr)
        return "it does not have one reference to what is signed";
    return readReference(reference);
}

std::optional<std::string> SignedDocument::readReference(void* opaque) {
    xmlNode* reference = static_cast<xmlNode*>(opaque);
    if (xmlHasProp(reference, chars("URI")) == nullptr)
        return "its reference does not say what is signed";
    if (const std::string uri = attributeOf(reference, "URI"); !uri.empty()) {
        xmlAttr* own = idOf(m_tree->root);
        const std::string id = own == nullptr ? std::string() : valueOf(own);
        if (uri.front() != '#' || id.empty() || uri.substr(1) != id || !isPlainName(id))
            return "it signs \"" + excerpt(uri, 80) + "\" and not the whole alert";
        int same = 0; // what is called by a name that two have is anybody's guess
        eachElement(m_tree->root, [&](xmlNode* element) {
            const xmlAttr* its = idOf(element);
            same += its != nullptr && valueOf(its) == id ? 1 : 0;
        });
        if (same != 1 || xmlAddID(nullptr, m_tree->document, chars(id.c_str()), own) == nullptr)
            return "two elements have the id \"" + excerpt(id) + "\" that is signed";
    }
    xmlNode* transforms = only(reference, "Transforms");
    int count = 0;
    bool isEnveloped = false;
    for (xmlNode* one = transforms == nullptr ? nullptr : transforms->children; one != nullptr; one = one->next) {
        if (one->type != XML_ELEMENT_NODE)
            continue;
        const std::string algorithm = attributeOf(one, "Algorithm");
        if (++count > maxTransforms || !is(one, "Transform") ||
            (algorithm != enveloped && !isOneOf(canonicalForms, algorithm)))
            return "what is signed is first changed by \"" + excerpt(algorithm, 80) + "\", which is not safe";
        isEnveloped = isEnveloped || algorithm == enveloped;
    }
    if (!isEnveloped)
        return "it is not an enveloped signature";
    xmlNode* digest = only(reference, "DigestMethod");
    const std::string algorithm = digest == nullptr ? std::string() : attributeOf(digest, "Algorithm");
    if (!isOneOf(digests, algorithm))
        return "the digest's method \"" + excerpt(algorithm, 80) + "\" is not one that is safe";
    m_sha1 = m_sha1 || algorithm.ends_with("sha1");
    return {};
}

void SignedDocument::readKeys(void* keyInfo) {
    eachElement(static_cast<xmlNode*>(keyInfo), [&](xmlNode* element) {
        if (is(element, "X509Certificate") && m_certificates.size() < maxCertificates) {
            if (auto one = certificateFrom(textOf(element)))
                m_certificates.push_back(std::move(one));
        } else if (is(element, "RSAKeyValue") && !m_bareKey) {
            xmlNode* modulus = only(element, "Modulus");
            xmlNode* exponent = only(element, "Exponent");
            if (modulus != nullptr && exponent != nullptr)
                m_bareKey = rsaKeyFrom(textOf(modulus), textOf(exponent));
        }
    });
    // The signer's is the one that signed no other.
    const auto signedNone = [&](const Certificate& one) {
        return std::none_of(m_certificates.begin(), m_certificates.end(), [&](const Certificate& other) {
            return other != one && X509_check_issued(one.get(), other.get()) == X509_V_OK;
        });
    };
    const auto leaf = std::find_if(m_certificates.begin(), m_certificates.end(), signedNone);
    if (leaf != m_certificates.end())
        std::rotate(m_certificates.begin(), leaf, std::next(leaf));
}

Outcome SignedDocument::verify(const EVP_PKEY& key) const {
    const Quiet quiet;
    const std::unique_ptr<xmlSecDSigCtx, decltype(&xmlSecDSigCtxDestroy)> context(xmlSecDSigCtxCreate(nullptr),
                                                                                  &xmlSecDSigCtxDestroy);
    const std::unique_ptr<xmlSecKey, decltype(&xmlSecKeyDestroy)> holder(xmlSecKeyCreate(), &xmlSecKeyDestroy);
    Key own;
    if (EVP_PKEY_up_ref(const_cast<EVP_PKEY*>(&key)) == 1) // NOLINT: a counted reference to what is not changed
        own.reset(const_cast<EVP_PKEY*>(&key));            // NOLINT(cppcoreguidelines-pro-type-const-cast)
    xmlSecKeyDataPtr value = own ? xmlSecOpenSSLEvpKeyAdopt(own.get()) : nullptr;
    if (!context || !holder || value == nullptr)
        return Outcome::wrongSignature;
    (void)own.release(); // adopted
    if (xmlSecKeySetValue(holder.get(), value) != 0) {
        xmlSecKeyDataDestroy(value);
        return Outcome::wrongSignature;
    }
    context->flags |= XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS;
    context->enabledReferenceUris = xmlSecTransformUriTypeEmpty | xmlSecTransformUriTypeSameDocument;
    for (const xmlSecTransformId allowed :
         {xmlSecTransformEnvelopedId, xmlSecTransformInclC14NId, xmlSecTransformInclC14NWithCommentsId,
          xmlSecTransformInclC14N11Id, xmlSecTransformInclC14N11WithCommentsId, xmlSecTransformExclC14NId,
          xmlSecTransformExclC14NWithCommentsId, xmlSecTransformSha1Id, xmlSecTransformSha224Id,
          xmlSecTransformSha256Id, xmlSecTransformSha384Id, xmlSecTransformSha512Id})
        (void)xmlSecDSigCtxEnableReferenceTransform(context.get(), allowed);
    context->signKey = xmlSecKeyDuplicate(holder.get()); // the context's own; with it no <KeyInfo> is asked
    const bool done = context->signKey != nullptr && xmlSecDSigCtxVerify(context.get(), m_tree->signature) == 0;
    ERR_clear_error();
    xmlSecPtrList& references = context->signedInfoReferences;
    if (done && context->status == xmlSecDSigStatusSucceeded && xmlSecPtrListGetSize(&references) == 1)
        return Outcome::good;
    auto* first = static_cast<xmlSecDSigReferenceCtx*>(xmlSecPtrListGetItem(&references, 0));
    return first != nullptr && first->status == xmlSecDSigStatusSucceeded ? Outcome::wrongSignature
                                                                          : Outcome::wrongDigest;
}

} // namespace tocsin::ingest::signature
