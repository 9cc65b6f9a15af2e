// The contents of the page: on a narrow screen they would fill the first page.

if (window.matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;
