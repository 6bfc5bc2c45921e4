/* The upload of many pictures: what a file is decides, which the server finds out, not what it is called. */
document.getElementById("fileupload")?.removeAttribute("data-accept-file-types");
