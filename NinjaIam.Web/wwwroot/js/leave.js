// The page is only on the way to the identity provider. Without scripts its button does the same.
document.getElementById("posted-request").submit();
