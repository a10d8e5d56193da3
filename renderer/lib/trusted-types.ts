type PolicyFactory = {
  createPolicy: (name: string, rules: { createHTML: (text: string) => string }) => unknown;
};

/**
 * The page's one Trusted Types policy. The libraries we use set style text as HTML; nothing sets elements. Text
 * without `<` cannot make an element, so only that passes; scripts and script addresses have no rule and are refused.
 */
function installDefaultPolicy(): void {
  const factory = (window as { trustedTypes?: PolicyFactory }).trustedTypes;
  factory?.createPolicy('default', {
    createHTML(text) {
      if (text.includes('<')) throw new TypeError('refused to turn text into HTML');
      return text;
    },
  });
}

installDefaultPolicy();
